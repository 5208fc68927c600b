package dev.backstay.ui.browse;

import dev.backstay.model.ItemFailure;
import dev.backstay.ui.part.DiffLine;
import java.util.List;

/// What a comparison came to, ready to be shown.
sealed interface Compared {

  /// Two texts, line by line.
  record Lines(List<DiffLine> lines, String note) implements Compared {}

  /// A folder.
  ///
  /// @param more whether there are more than these
  /// @param failures what could not be compared
  record Changes(List<Changed> changes, boolean more, List<ItemFailure> failures)
      implements Compared {}

  /// Equal contents, or such that can't be shown line by line: what is known of both.
  record Facts(String title, String text, List<Fact> facts) implements Compared {}

  /// Something that both sides have, or one of them.
  ///
  /// @param name what
  /// @param before on the first side
  /// @param after on the second side
  record Fact(String name, String before, String after) {
    boolean differs() {
      return !before.equals(after);
    }
  }

  record Words(String title, String text) implements Compared {}
}
