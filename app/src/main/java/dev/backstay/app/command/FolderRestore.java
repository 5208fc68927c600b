package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.model.Units;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.RestoreFolderOutcome;
import dev.backstay.workflow.repository.RestoreFolderRequest;

/// Files from a repository into a folder of this machine, with progress and result.
final class FolderRestore {

  private FolderRestore() {}

  /// @return the exit code
  static int run(
      Wiring wiring, RepositorySession session, RestoreFolderRequest request, OutputFormat format) {
    RestoreFolderOutcome outcome =
        MeteredWork.run(
            wiring, "files", (cancel, meter) -> session.restore(request, cancel, meter));
    Printer printer = new Printer(wiring.console(), format);
    if (printer.forPeople()) {
      printer.line(sentence(request, outcome));
    } else if (format == OutputFormat.NAME) {
      printer.line(request.target().toString());
    } else {
      printer.document(
          Fields.ofKind("FilesResult")
              .put("outcome", outcome.failures().isEmpty() ? "Completed" : "PartiallyFailed")
              .put("snapshot", request.snapshot())
              .put("path", request.path())
              .put("target", request.target().toString())
              .put("files", outcome.files())
              .put("bytes", outcome.bytes())
              .put("skipped", outcome.skipped())
              .put("failures", outcome.failures()));
    }
    wiring.presenter().items("Failed", outcome.failures());
    return (outcome.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL).number();
  }

  private static String sentence(RestoreFolderRequest request, RestoreFolderOutcome outcome) {
    String skipped =
        outcome.skipped() == 0
            ? ""
            : "; " + Units.count(outcome.skipped()) + " were there already and stayed";
    return Units.count(outcome.files())
        + " files, "
        + Units.bytes(outcome.bytes())
        + " restored into "
        + request.target()
        + skipped;
  }
}
