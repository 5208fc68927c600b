package dev.backstay.app.command;

import dev.backstay.app.console.Text;
import dev.backstay.app.output.DocumentStream;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.workflow.browse.SearchReport;
import dev.backstay.workflow.browse.SnapshotHit;
import org.jspecify.annotations.Nullable;

/// Prints what was found in snapshots one by one as it comes, each as `ID:/path`.
final class HitListing {

  private final Printer printer;
  private final boolean longer;
  private final @Nullable DocumentStream document;
  private long count;

  HitListing(Printer printer, boolean longer) {
    this.printer = printer;
    this.longer = longer;
    boolean structured =
        printer.format() == OutputFormat.JSON || printer.format() == OutputFormat.YAML;
    document = structured ? printer.stream(Fields.ofKind("FoundFileList")) : null;
  }

  void accept(SnapshotHit hit) {
    count++;
    if (document != null) {
      document.item(
          new Fields().put("snapshot", hit.snapshot()).putAll(FileListing.fields(hit.file())));
      return;
    }
    boolean whole = printer.format() == OutputFormat.NAME;
    String place = (whole ? hit.snapshot() : hit.snapshot().substring(0, 8)) + ":";
    printer.line(
        longer && !whole
            ? FileListing.line(hit.file(), place)
            : place + "/" + Text.printable(hit.file().entry().path().toString()));
  }

  /// To be called when all have come.
  ///
  /// @return how many came
  long end(SearchReport report) {
    if (document != null) {
      Fields tail = new Fields().put("unindexed", report.unindexed());
      document.end(report.failures().isEmpty() ? tail : tail.put("warnings", report.failures()));
    }
    return count;
  }
}
