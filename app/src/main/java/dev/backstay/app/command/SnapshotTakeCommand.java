package dev.backstay.app.command;

import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.lock.JobNeeds;
import dev.backstay.workflow.volumesnapshot.Grouping;
import dev.backstay.workflow.volumesnapshot.TakePlan;
import dev.backstay.workflow.volumesnapshot.TakeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `backstay snapshot take`.
@Command(
    name = "take",
    description =
        "Take VolumeSnapshots of PVCs, several as a group at one moment where that can be.",
    footer = {
      "",
      "Several PVCs are taken as a VolumeGroupSnapshot if a VolumeGroupSnapshotClass of their"
          + " driver",
      "exists and a label selector fits exactly them; else one by one, all at once. The plan says"
          + " which."
    })
final class SnapshotTakeCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin PlanOptions planning = new PlanOptions();
  @Mixin WaitOptions waiting = new WaitOptions();

  @Parameters(arity = "1..*", paramLabel = "PVC", description = "PVCs of the namespace.")
  List<String> pvcs = new ArrayList<>();

  @Option(
      names = "--group",
      negatable = true,
      description =
          "Only as a group, with a temporary label on the PVCs if theirs do not fit; --no-group:"
              + " one by one.")
  @Nullable Boolean group;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "VolumeSnapshotClass instead of the one that would serve.")
  String snapshotClass = "";

  @Option(
      names = "--group-class",
      paramLabel = "NAME",
      description = "VolumeGroupSnapshotClass instead of the one that would serve.")
  String groupClass = "";

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Name of the VolumeSnapshot or the group; of several, what their names begin with.")
  String name = "";

  private final Wiring wiring;
  private final Access access;

  SnapshotTakeCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (ClusterSession cluster = access.cluster();
        Engine engine = access.engine()) {
      engine.tidy();
      access.unlockFor(JobNeeds.EVERYTHING, cluster, planning);
      TakePlan plan = engine.plan(request(access.namespace(cluster)), cluster);
      return new PlanRun(wiring, engine, planning, output.format)
          .run(
              plan,
              SnapshotTakeView.of(plan),
              _ -> SnapshotTakeView.made(plan, wiring.clock().instant()));
    }
  }

  private TakeRequest request(String namespace) {
    return new TakeRequest(
        namespace, pvcs, grouping(), snapshotClass, groupClass, name, waiting.patience());
  }

  private Grouping grouping() {
    if (group == null) {
      return Grouping.AUTOMATIC;
    }
    return group ? Grouping.ALWAYS : Grouping.NEVER;
  }
}
