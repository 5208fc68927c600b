package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.JobNeeds;
import dev.backstay.workflow.volumesnapshot.DeletePlan;
import dev.backstay.workflow.volumesnapshot.DeleteRequest;
import dev.backstay.workflow.volumesnapshot.PlannedDeletion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `backstay snapshot delete`.
@Command(
    name = "delete",
    description = "Delete VolumeSnapshots; the plan says whether their data goes too.",
    footer = {
      "",
      "Members of a group only go together: name all of them, or volumegroupsnapshot/NAME."
    })
final class SnapshotDeleteCommand implements Callable<Integer> {

  private static final Sheet<PlannedDeletion> SHEET =
      new Sheet<>(
          "PlannedDeletion",
          List.of(
              Column.of("NAME", item -> item.snapshot().name()),
              Column.of("PVC", item -> item.snapshot().pvc()),
              Column.of("GROUP", item -> item.snapshot().group()),
              Column.of("DELETION", item -> item.snapshot().deletionPolicy()),
              Column.of("MEANS", PlannedDeletion::effect),
              Column.of("PVCS FROM IT", item -> String.join(",", item.pvcs())),
              Column.wide("MADE BY", item -> item.snapshot().owner())),
          SnapshotDeleteCommand::fields,
          item -> "volumesnapshot/" + item.snapshot().name());

  @Mixin OutputOption output = new OutputOption();
  @Mixin PlanOptions planning = new PlanOptions();
  @Mixin WaitOptions waiting = new WaitOptions();

  @Parameters(
      arity = "1..*",
      paramLabel = "VOLUMESNAPSHOT",
      description = "VolumeSnapshots of the namespace, or volumegroupsnapshot/NAME.")
  List<String> names = new ArrayList<>();

  private final Wiring wiring;
  private final Access access;

  SnapshotDeleteCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (ClusterSession cluster = access.cluster();
        Engine engine = access.engine()) {
      engine.tidy();
      access.unlockFor(JobNeeds.EVERYTHING, cluster, planning);
      DeletePlan plan =
          engine.plan(
              new DeleteRequest(access.namespace(cluster), names, waiting.patience()), cluster);
      return new PlanRun(wiring, engine, planning, output.format).run(plan, view(plan));
    }
  }

  private static PlanView view(DeletePlan plan) {
    return new PlanView(
        "Delete "
            + Sheets.count(plan.items().size(), "VolumeSnapshot")
            + (plan.groups().isEmpty()
                ? ""
                : " and " + Sheets.count(plan.groups().size(), "VolumeGroupSnapshot"))
            + " in namespace "
            + plan.namespace()
            + " of context "
            + plan.context()
            + ".",
        List.of(
            new PlanView.Part<>("VolumeSnapshots", SHEET, plan.items()),
            new PlanView.Part<>("VolumeGroupSnapshots", Sheets.LINES, plan.groups()),
            new PlanView.Part<>("Missing permissions", Sheets.LINES, plan.missingRights())),
        Fields.ofKind("SnapshotDeletePlan")
            .put("context", plan.context())
            .put("namespace", plan.namespace())
            .put("blocked", plan.blocked())
            .put("destroys", plan.destroys())
            .put("volumeSnapshots", plan.items().stream().map(item -> fields(item)).toList())
            .put("volumeGroupSnapshots", plan.groups())
            .put("missingPermissions", plan.missingRights())
            .put("blockers", plan.blockers())
            .put("warnings", plan.warnings()),
        plan.blockers(),
        plan.warnings());
  }

  private static Fields fields(PlannedDeletion item) {
    return VolumeSnapshotSheet.fields(item.snapshot())
        .put("effect", item.effect())
        .put("pvcs", item.pvcs());
  }
}
