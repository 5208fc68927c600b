package dev.backstay.app.command;

import dev.backstay.app.console.ExitCode;
import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.workflow.repository.ForgetSnapshotsPlan;
import dev.backstay.workflow.repository.ForgetSnapshotsPlan.Decision;
import dev.backstay.workflow.repository.ForgetSnapshotsPlan.Group;
import dev.backstay.workflow.repository.ForgetSnapshotsRequest;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay repo forget`.
@Command(
    name = "forget",
    description = "Remove snapshots: those named, or those that no --keep option keeps.",
    footer = {
      "",
      "Options that restic has mean what they mean there. Snapshots with the tag 'pinned' always"
          + " stay.",
      "The space comes back with --prune, or with 'repo prune'."
    })
final class RepoForgetCommand implements Callable<Integer> {

  private static final Sheet<Decision> SHEET =
      new Sheet<>(
          "ForgetDecision",
          List.of(
              Column.of("", d -> d.kept() ? "keep" : "remove"),
              Column.of("ID", d -> d.snapshot().shortId()),
              Column.of(
                  "TIME", d -> d.snapshot().time().truncatedTo(ChronoUnit.SECONDS).toString()),
              Column.of("TAGS", d -> String.join(",", d.snapshot().tags())),
              Column.of("BECAUSE", d -> String.join(", ", d.rules()))),
          d -> new Fields().put("id", d.snapshot().id()),
          d -> d.snapshot().id());

  @Mixin OutputOption output = new OutputOption();
  @Mixin KeepOptions keep = new KeepOptions();
  @Mixin PruneTuning tuning = new PruneTuning();

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Beginnings of snapshots' ids, or 'latest'.")
  List<String> named = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "Only snapshots of this host; may be repeated.")
  List<String> hosts = new ArrayList<>();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "Only snapshots that have this path; may be repeated.")
  List<String> paths = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "TAG[,TAG]",
      description = "Only snapshots with all these tags; may be repeated.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = {"-g", "--group-by"},
      paramLabel = "host,paths,tags",
      description =
          "What snapshots of a group have in common (default host,paths; '' for nothing).")
  String groupBy = "host,paths";

  @Option(names = "--prune", description = "Prune too, if snapshots were removed.")
  boolean prune;

  @Option(names = "--dry-run", description = "Print the plan and change nothing.")
  boolean dryRun;

  @Option(names = "--unsafe-allow-remove-all", description = "A group may lose its last snapshot.")
  boolean removeAll;

  private final Wiring wiring;
  private final Access access;

  RepoForgetCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    Printer printer = new Printer(wiring.console(), output.format);
    try (RepositorySession session = access.repository()) {
      ForgetSnapshotsPlan plan = session.plan(request());
      Fields document = fields(plan);
      if (printer.forPeople()) {
        print(printer, plan);
      }
      ExitCode end = apply(session, plan, printer, document);
      if (!printer.forPeople()) {
        printer.document(document);
      }
      wiring.presenter().items("Damaged", session.damage());
      return (session.damage().isEmpty() ? end : ExitCode.PARTIAL).number();
    }
  }

  private ForgetSnapshotsRequest request() {
    return new ForgetSnapshotsRequest(
        named, hosts, paths, KeepOptions.lists(tags), groupBy, keep.rules(), removeAll);
  }

  private ExitCode apply(
      RepositorySession session, ForgetSnapshotsPlan plan, Printer printer, Fields document) {
    int removed =
        dryRun || plan.removes() == 0
            ? 0
            : MeteredWork.run(
                wiring, "snapshots", (cancel, meter) -> session.apply(plan, cancel, meter));
    document.put("removed", removed);
    if (!prune || plan.removes() == 0) {
      return ExitCode.DONE;
    }
    Fields pruned = new Fields();
    document.put("prune", pruned);
    // What was just removed on purpose is no loss of snapshots.
    return new PruneWork(wiring, session, printer)
        .run(tuning.request(true, dryRun ? plan.removed() : List.of()), dryRun, pruned);
  }

  private static void print(Printer printer, ForgetSnapshotsPlan plan) {
    for (Group group : plan.groups()) {
      printer.line(
          "Snapshots of "
              + group.host()
              + ' '
              + String.join(",", group.paths())
              + (group.tags().isEmpty() ? "" : " with " + String.join(",", group.tags())));
      printer.list(SHEET, group.decisions());
      printer.line("");
    }
    printer.line(plan.keeps() + " stay, " + plan.removes() + " go");
  }

  private Fields fields(ForgetSnapshotsPlan plan) {
    return Fields.ofKind("ForgetResult")
        .put("dryRun", dryRun)
        .put("groups", plan.groups().stream().map(RepoForgetCommand::fields).toList());
  }

  private static Fields fields(Group group) {
    return new Fields()
        .put("host", group.host())
        .put("paths", group.paths())
        .put("tags", group.tags())
        .put("keep", snapshots(group, true))
        .put("remove", snapshots(group, false));
  }

  private static List<Fields> snapshots(Group group, boolean kept) {
    return group.decisions().stream()
        .filter(decision -> decision.kept() == kept)
        .map(decision -> fields(decision.snapshot(), decision.rules()))
        .toList();
  }

  private static Fields fields(SnapshotInfo snapshot, List<String> rules) {
    Fields fields = RepoSnapshotsCommand.fields(snapshot);
    return rules.isEmpty() ? fields : fields.put("reasons", rules);
  }
}
