package dev.backstay.app.command;

import dev.backstay.app.console.Text;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.repository.FileInfo;
import java.util.ArrayList;
import java.util.List;

/// Prints what was found one by one as it comes, each as `POINT:/path`, which `cat` and `get` take;
/// only JSON and YAML gather it.
final class FoundListing {

  private final Printer printer;
  private final List<Fields> items = new ArrayList<>();
  private long count;

  FoundListing(Printer printer) {
    this.printer = printer;
  }

  void accept(RestorePoint where, FileInfo file) {
    count++;
    switch (printer.format()) {
      case TABLE, WIDE -> printer.line(FileListing.line(file, where.shortId() + ":"));
      case NAME -> printer.line(where.id() + ":/" + Text.printable(file.entry().path().toString()));
      case JSON, YAML ->
          items.add(
              new Fields()
                  .put("restorePoint", where.id())
                  .put("time", where.time())
                  .put("context", where.context())
                  .put("namespace", where.namespace())
                  .putAll(FileListing.fields(file)));
    }
  }

  /// To be called when all have come.
  ///
  /// @return how many came
  long end(List<ItemFailure> damaged) {
    switch (printer.format()) {
      case TABLE, WIDE, NAME -> {}
      case JSON, YAML -> {
        Fields document = Fields.ofKind("FoundFileList").put("items", items);
        printer.document(damaged.isEmpty() ? document : document.put("warnings", damaged));
      }
    }
    return count;
  }
}
