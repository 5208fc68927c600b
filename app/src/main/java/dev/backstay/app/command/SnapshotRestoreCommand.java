package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.Outcome;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.JobNeeds;
import dev.backstay.workflow.volumesnapshot.NewClaimPlan;
import dev.backstay.workflow.volumesnapshot.NewClaimRequest;
import dev.backstay.workflow.volumesnapshot.PlannedClaim;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay snapshot restore`.
@Command(
    name = "restore",
    description = "Make a new PVC from a VolumeSnapshot.",
    footer = {"", "A PVC that exists is never written to."})
final class SnapshotRestoreCommand implements Callable<Integer> {

  private static final Sheet<PlannedClaim> SHEET =
      new Sheet<>(
          "PlannedPVC",
          List.of(
              Column.of("PVC", PlannedClaim::name),
              Column.of("CLASS", PlannedClaim::storageClass),
              Column.amount("SIZE", claim -> Sheets.size(claim.bytes())),
              Column.of("MODE", PlannedClaim::volumeMode),
              Column.of("ACCESS", claim -> String.join(",", claim.accessModes())),
              Column.of("BOUND", claim -> claim.waitsForPod() ? "when a pod uses it" : "at once"),
              Column.of("WHY", PlannedClaim::reason)),
          SnapshotRestoreCommand::fields,
          claim -> "persistentvolumeclaim/" + claim.name());

  @Mixin OutputOption output = new OutputOption();
  @Mixin PlanOptions planning = new PlanOptions();
  @Mixin WaitOptions waiting = new WaitOptions();

  @Parameters(paramLabel = "VOLUMESNAPSHOT", description = "A VolumeSnapshot of the namespace.")
  String volumeSnapshot = "";

  @Option(names = "--to", paramLabel = "PVC", required = true, description = "Name of the new PVC.")
  String pvc = "";

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "StorageClass; that of the PVC it was cut from by default.")
  String storageClass = "";

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description = "Size, such as 10Gi; as much as the snapshot needs by default.")
  String size = "";

  private final Wiring wiring;
  private final Access access;

  SnapshotRestoreCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (ClusterSession cluster = access.cluster();
        Engine engine = access.engine()) {
      engine.tidy();
      access.unlockFor(JobNeeds.EVERYTHING, cluster, planning);
      NewClaimPlan plan =
          engine.plan(
              new NewClaimRequest(
                  access.namespace(cluster),
                  volumeSnapshot,
                  pvc,
                  storageClass,
                  size,
                  waiting.patience()),
              cluster);
      return new PlanRun(wiring, engine, planning, output.format)
          .run(plan, view(plan), outcome -> made(plan, outcome));
    }
  }

  private static PlanView view(NewClaimPlan plan) {
    return new PlanView(
        "Make PVC "
            + plan.claim().name()
            + " from VolumeSnapshot "
            + plan.source().name()
            + " in namespace "
            + plan.namespace()
            + " of context "
            + plan.context()
            + ".",
        List.of(
            new PlanView.Part<>("PVC", SHEET, List.of(plan.claim())),
            new PlanView.Part<>("Missing permissions", Sheets.LINES, plan.missingRights())),
        Fields.ofKind("SnapshotRestorePlan")
            .put("context", plan.context())
            .put("namespace", plan.namespace())
            .put("blocked", plan.blocked())
            .put("destroys", plan.destroys())
            .put("volumeSnapshot", VolumeSnapshotSheet.fields(plan.source()))
            .put("pvc", fields(plan.claim()))
            .put("missingPermissions", plan.missingRights())
            .put("blockers", plan.blockers())
            .put("warnings", plan.warnings()),
        plan.blockers(),
        plan.warnings());
  }

  private static Made<PlannedClaim> made(NewClaimPlan plan, Outcome outcome) {
    return new Made<>(
        "pvcs", SHEET, outcome instanceof Outcome.Completed ? List.of(plan.claim()) : List.of());
  }

  private static Fields fields(PlannedClaim claim) {
    return new Fields()
        .put("name", claim.name())
        .put("storageClass", claim.storageClass())
        .put("size", Sheets.sizeOrNull(claim.bytes()))
        .put("volumeMode", claim.volumeMode())
        .put("accessModes", claim.accessModes())
        .put("waitsForPod", claim.waitsForPod())
        .put("reason", claim.reason());
  }
}
