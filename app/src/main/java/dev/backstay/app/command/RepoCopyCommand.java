package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.model.Units;
import dev.backstay.workflow.maintenance.CopyOutcome;
import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay repo copy`.
@Command(
    name = "copy",
    description = "Copy snapshots of another repository into this one.",
    footer = {
      "",
      "What is there already is skipped, so a copy that was cut off is run again. For blobs that",
      "both can share, make the target with 'repo init --from-repo OLD --copy-chunker-params'."
    })
final class RepoCopyCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin FromOptions from = new FromOptions();
  @Mixin SnapshotChoiceOptions snapshots = new SnapshotChoiceOptions();
  @Mixin DryRunOption dry = new DryRunOption();

  private final Wiring wiring;
  private final Access access;

  RepoCopyCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (RepositorySession source = access.repository(from);
        RepositorySession target = access.repository()) {
      CopyOutcome outcome =
          MeteredWork.run(
              wiring,
              "blobs",
              (cancel, meter) ->
                  new RepositoryMaintenance(source)
                      .copyTo(target, snapshots.choice(), dry.dryRun, cancel, meter));
      print(outcome);
      wiring.presenter().items("Warning", outcome.warnings());
      wiring.presenter().items("Failed", outcome.failures());
      return (outcome.failures().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL).number();
    }
  }

  private void print(CopyOutcome outcome) {
    Printer printer = new Printer(wiring.console(), output.format);
    if (printer.forPeople()) {
      printer.line(sentence(outcome));
    } else if (output.format == OutputFormat.NAME) {
      outcome.made().forEach(printer::line);
    } else {
      printer.document(
          Fields.ofKind("RepositoryCopy")
              .put("dryRun", outcome.dryRun())
              .put("copied", outcome.copied().stream().map(RepoSnapshotsCommand::fields).toList())
              .put("made", outcome.made())
              .put("skipped", outcome.skipped().stream().map(RepoSnapshotsCommand::fields).toList())
              .put("blobs", outcome.blobs())
              .put("bytes", outcome.bytes())
              .put("failures", outcome.failures())
              .put("warnings", outcome.warnings()));
    }
  }

  private static String sentence(CopyOutcome outcome) {
    String skipped = Sheets.count(outcome.skipped().size(), "snapshot") + " were there already";
    if (outcome.dryRun()) {
      return Sheets.count(outcome.copied().size(), "snapshot") + " would be copied, " + skipped;
    }
    return Sheets.count(outcome.made().size(), "snapshot")
        + " copied ("
        + Units.count(outcome.blobs())
        + " blobs, "
        + Units.bytes(outcome.bytes())
        + "), "
        + skipped;
  }
}
