package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.volumesnapshot.PlannedGroup;
import dev.backstay.workflow.volumesnapshot.PlannedTake;
import dev.backstay.workflow.volumesnapshot.TakePlan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a plan to take VolumeSnapshots is shown.
final class SnapshotTakeView {

  private static final Sheet<PlannedTake> ITEMS =
      new Sheet<>(
          "PlannedVolumeSnapshot",
          List.of(
              Column.of("PVC", take -> take.pvc().name()),
              Column.of(
                  "NAME",
                  take -> take.name().isEmpty() ? "(as the controller names it)" : take.name()),
              Column.of("CLASS", PlannedTake::snapshotClass),
              Column.of("DELETION", PlannedTake::deletionPolicy),
              Column.amount("CAPACITY", take -> Sheets.size(take.pvc().capacity())),
              Column.of("WHY", PlannedTake::reason),
              Column.wide("DRIVER", take -> take.pvc().driver()),
              Column.wide("PODS", take -> String.join(",", take.pvc().pods()))),
          SnapshotTakeView::fields,
          take -> take.pvc().name());

  private static final Sheet<PlannedGroup> GROUP =
      new Sheet<>(
          "PlannedVolumeGroupSnapshot",
          List.of(
              Column.of("NAME", PlannedGroup::name),
              Column.of("CLASS", PlannedGroup::groupClass),
              Column.of("DELETION", PlannedGroup::deletionPolicy),
              Column.of("SELECTS BY", PlannedGroup::selector)),
          SnapshotTakeView::fields,
          PlannedGroup::name);

  private SnapshotTakeView() {}

  static PlanView of(TakePlan plan) {
    PlannedGroup group = plan.group();
    return new PlanView(
        "Take VolumeSnapshots of "
            + Sheets.count(plan.items().size(), "PVC")
            + " in namespace "
            + plan.namespace()
            + " of context "
            + plan.context()
            + ", "
            + plan.grouping()
            + ".",
        List.of(
            new PlanView.Part<>("Group", GROUP, group == null ? List.of() : List.of(group)),
            new PlanView.Part<>("VolumeSnapshots", ITEMS, plan.items()),
            new PlanView.Part<>("Missing permissions", Sheets.LINES, plan.missingRights())),
        document(plan),
        plan.blockers(),
        plan.warnings());
  }

  /// What was taken.
  static Made<VolumeSnapshotInfo> made(TakePlan plan, Instant now) {
    return new Made<>("volumeSnapshots", VolumeSnapshotSheet.of(false, now), plan.taken());
  }

  private static Fields document(TakePlan plan) {
    return Fields.ofKind("SnapshotTakePlan")
        .put("context", plan.context())
        .put("namespace", plan.namespace())
        .put("blocked", plan.blocked())
        .put("destroys", plan.destroys())
        .put("group", groupOrNull(plan.group()))
        .put("grouping", plan.grouping())
        .put("volumeSnapshots", plan.items().stream().map(SnapshotTakeView::fields).toList())
        .put("missingPermissions", plan.missingRights())
        .put("blockers", plan.blockers())
        .put("warnings", plan.warnings());
  }

  private static @Nullable Fields groupOrNull(@Nullable PlannedGroup group) {
    return group == null ? null : fields(group);
  }

  private static Fields fields(PlannedGroup group) {
    return new Fields()
        .put("name", group.name())
        .put("volumeGroupSnapshotClass", group.groupClass())
        .put("deletionPolicy", group.deletionPolicy())
        .put("selector", group.selector())
        .put("temporaryLabel", group.temporaryLabel());
  }

  private static Fields fields(PlannedTake take) {
    return new Fields()
        .put("pvc", take.pvc().name())
        .put("name", take.name())
        .put("volumeSnapshotClass", take.snapshotClass())
        .put("deletionPolicy", take.deletionPolicy())
        .put("capacity", Sheets.sizeOrNull(take.pvc().capacity()))
        .put("driver", take.pvc().driver())
        .put("reason", take.reason());
  }
}
