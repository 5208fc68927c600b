package dev.backstay.app.command;

import dev.backstay.workflow.maintenance.RepositoryMaintenance;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `backstay repo repair`.
@Command(
    name = "repair",
    description = "Repair the index, packs and snapshots of the repository, in this order.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "'repo check' names the repair that helps. Back up the same files again before 'repair",
      "snapshots': what is still there heals older snapshots too."
    })
final class RepoRepairCommand implements Runnable {

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "no command given");
  }

  /// `backstay repo repair index`.
  @Command(name = "index", description = "Make the index say what the packs say.")
  static final class Index implements Callable<Integer> {

    @Mixin OutputOption output = new OutputOption();
    @Mixin DryRunOption dry = new DryRunOption();

    @Option(names = "--read-all-packs", description = "Read the header of every pack.")
    boolean readAllPacks;

    private final Wiring wiring;
    private final Access access;

    Index(Wiring wiring, Access access) {
      this.wiring = wiring;
      this.access = access;
    }

    @Override
    public Integer call() {
      try (RepositorySession session = access.repository()) {
        RepositoryMaintenance maintenance = new RepositoryMaintenance(session);
        return new RepairRun(wiring, output.format, dry.dryRun)
            .run((cancel, meter) -> maintenance.repairIndex(readAllPacks, cancel, meter));
      }
    }
  }

  /// `backstay repo repair packs`.
  @Command(
      name = "packs",
      description = "Save what is intact in damaged packs; reads all packs if none is named.")
  static final class Packs implements Callable<Integer> {

    @Mixin OutputOption output = new OutputOption();
    @Mixin DryRunOption dry = new DryRunOption();

    @Parameters(arity = "0..*", paramLabel = "ID", description = "Beginnings of packs' ids.")
    List<String> packs = new ArrayList<>();

    @Option(
        names = "--no-copies",
        description = "Do not copy damaged packs into this folder before they are replaced.")
    boolean noCopies;

    private final Wiring wiring;
    private final Access access;

    Packs(Wiring wiring, Access access) {
      this.wiring = wiring;
      this.access = access;
    }

    @Override
    public Integer call() {
      Path copies = noCopies ? null : Path.of("").toAbsolutePath();
      try (RepositorySession session = access.repository()) {
        RepositoryMaintenance maintenance = new RepositoryMaintenance(session);
        return new RepairRun(wiring, output.format, dry.dryRun)
            .run((cancel, meter) -> maintenance.repairPacks(packs, copies, cancel, meter));
      }
    }
  }

  /// `backstay repo repair snapshots`.
  @Command(
      name = "snapshots",
      description = "Write snapshots without what is lost beside, or for, those that lack it.")
  static final class Snapshots implements Callable<Integer> {

    @Mixin OutputOption output = new OutputOption();
    @Mixin DryRunOption dry = new DryRunOption();
    @Mixin SnapshotChoiceOptions snapshots = new SnapshotChoiceOptions();

    @Option(names = "--forget", description = "Delete the damaged snapshots.")
    boolean forget;

    private final Wiring wiring;
    private final Access access;

    Snapshots(Wiring wiring, Access access) {
      this.wiring = wiring;
      this.access = access;
    }

    @Override
    public Integer call() {
      try (RepositorySession session = access.repository()) {
        RepositoryMaintenance maintenance = new RepositoryMaintenance(session);
        return new RepairRun(wiring, output.format, dry.dryRun)
            .run((cancel, meter) ->
                maintenance.repairSnapshots(snapshots.choice(), forget, cancel, meter));
      }
    }
  }
}
