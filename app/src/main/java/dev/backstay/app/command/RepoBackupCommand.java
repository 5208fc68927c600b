package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.model.Units;
import dev.backstay.workflow.repository.BackUpFoldersOutcome;
import dev.backstay.workflow.repository.BackUpFoldersRequest;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay repo backup`.
@Command(name = "backup", description = "Back up folders of this machine into the repository.")
final class RepoBackupCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Folders and files.")
  List<Path> paths = new ArrayList<>();

  @Option(
      names = {"-e", "--exclude"},
      paramLabel = "PATTERN",
      description = "Leave out what matches; may be repeated.")
  List<String> excludes = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Tag of the snapshot; may be repeated.")
  List<String> tags = new ArrayList<>();

  @Option(names = "--host", paramLabel = "NAME", description = "Host name of the snapshot.")
  String host = "";

  @Option(
      names = {"-f", "--force"},
      description = "Read every file again.")
  boolean force;

  private final Wiring wiring;
  private final Access access;

  RepoBackupCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (RepositorySession session = access.repository()) {
      BackUpFoldersRequest request =
          new BackUpFoldersRequest(paths, excludes, tags, host, force, wiring.folders().cache());
      BackUpFoldersOutcome outcome =
          MeteredWork.run(
              wiring, "files", (cancel, meter) -> session.backUp(request, cancel, meter));
      print(outcome);
      wiring.presenter().items("Warning", outcome.warnings());
      wiring.presenter().items("Failed", outcome.failures());
      return (outcome.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL).number();
    }
  }

  private void print(BackUpFoldersOutcome outcome) {
    Printer printer = new Printer(wiring.console(), output.format);
    if (printer.forPeople()) {
      printer.line("Snapshot " + outcome.snapshot().shortId() + ": " + amounts(outcome));
    } else if (output.format == OutputFormat.NAME) {
      printer.line(outcome.snapshot().id());
    } else {
      printer.document(
          Fields.ofKind("SnapshotResult")
              .put("outcome", outcome.failures().isEmpty() ? "Completed" : "PartiallyFailed")
              .put("snapshot", RepoSnapshotsCommand.fields(outcome.snapshot()))
              .put("addedBytes", outcome.addedBytes())
              .put("storedBytes", outcome.storedBytes())
              .put("warnings", outcome.warnings())
              .put("failures", outcome.failures()));
    }
  }

  private static String amounts(BackUpFoldersOutcome outcome) {
    return Units.count(outcome.snapshot().files())
        + " files, "
        + Units.bytes(outcome.snapshot().bytes())
        + "; new "
        + Units.bytes(outcome.addedBytes())
        + ", stored in "
        + Units.bytes(outcome.storedBytes());
  }
}
