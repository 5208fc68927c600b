package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.ItemFailure;
import java.util.List;

/// How a plan is shown.
///
/// @param title one line: what would be done, to what
/// @param sheets its tables, each with its rows
/// @param document all of it for JSON and YAML
/// @param blockers why it cannot be carried out, empty if it can
/// @param warnings what to know before
record PlanView(
    String title,
    List<Part<?>> sheets,
    Fields document,
    List<ItemFailure> blockers,
    List<ItemFailure> warnings) {

  /// One table of a plan.
  ///
  /// @param title a word or two
  record Part<T>(String title, Sheet<T> sheet, List<T> rows) {}
}
