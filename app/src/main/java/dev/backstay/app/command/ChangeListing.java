package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.Text;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.browse.Difference.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Prints changes one by one as they come, because there may be millions; only JSON and YAML gather
/// them.
final class ChangeListing implements Consumer<Change> {

  private final Console console;
  private final Printer printer;
  private final ChangeCounts counts = new ChangeCounts();
  private final List<Fields> items = new ArrayList<>();

  ChangeListing(Console console, Printer printer) {
    this.console = console;
    this.printer = printer;
  }

  @Override
  public void accept(Change change) {
    accept(change, null);
  }

  /// @param lines a unified diff that is shown in place of the change itself, or null
  void accept(Change change, @Nullable List<String> lines) {
    counts.add(change);
    switch (printer.format()) {
      case TABLE, WIDE -> {
        if (lines == null) {
          printer.line(line(change));
        } else {
          lines.forEach(printer::line);
        }
      }
      case NAME -> printer.line(Text.printable(change.path()));
      case JSON, YAML -> items.add(fields(change, lines));
    }
  }

  /// To be called when all have come.
  ///
  /// @param head what was compared
  /// @param failures what could not be
  void end(Fields head, List<ItemFailure> failures) {
    if (printer.forPeople()) {
      console.say((counts.none() ? "No differences" : counts.sentence()) + ".");
      return;
    }
    switch (printer.format()) {
      case TABLE, WIDE, NAME -> {}
      case JSON, YAML -> {
        Fields document =
            Fields.ofKind("Comparison")
                .putAll(head)
                .put("same", counts.none() && failures.isEmpty())
                .put("counts", counts.fields())
                .put("items", items);
        printer.document(failures.isEmpty() ? document : document.put("failures", failures));
      }
    }
  }

  static String line(Change change) {
    boolean noted = change.kind() == Kind.METADATA_ONLY && !change.note().isEmpty();
    return String.format(
        Locale.ROOT,
        "%-13s %10s %10s  %s%s",
        Change.word(change.kind()),
        Sheets.size(change.bytesBefore()),
        Sheets.size(change.bytesAfter()),
        Text.printable(change.path()),
        noted ? " (" + change.note() + ")" : "");
  }

  static Fields fields(Change change, @Nullable List<String> lines) {
    Fields fields =
        new Fields()
            .put("path", change.path())
            .put("change", Change.word(change.kind()))
            .put("before", change.before())
            .put("after", change.after());
    return lines == null ? fields : fields.put("diff", String.join("\n", lines) + "\n");
  }
}
