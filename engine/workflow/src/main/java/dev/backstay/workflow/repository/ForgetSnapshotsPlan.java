package dev.backstay.workflow.repository;

import dev.backstay.repository.forget.ForgetPlan;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;

/// What a forget would do, snapshot by snapshot.
public final class ForgetSnapshotsPlan {

  private final ForgetPlan plan;

  ForgetSnapshotsPlan(ForgetPlan plan) {
    this.plan = plan;
  }

  ForgetPlan plan() {
    return plan;
  }

  /// Snapshots that the rules are applied to together.
  ///
  /// @param host what they have in common; empty where it was not grouped by that
  /// @param paths as `host`
  /// @param tags as `host`
  /// @param decisions newest first
  public record Group(
      String host, List<String> paths, List<String> tags, List<Decision> decisions) {}

  /// @param rules why it stays, in restic's words; empty if it goes
  public record Decision(SnapshotInfo snapshot, boolean kept, List<String> rules) {}

  public List<Group> groups() {
    return plan.groups().stream()
        .map(group ->
            new Group(
                group.key().host(),
                group.key().paths(),
                group.key().tags(),
                group.decisions().stream()
                    .map(d -> new Decision(Shown.snapshot(d.snapshot()), d.kept(), d.rules()))
                    .toList()))
        .toList();
  }

  /// The ids of the snapshots that go.
  public List<String> removed() {
    return plan.removed().stream().map(Snapshot::id).toList();
  }

  /// How many snapshots go.
  public int removes() {
    return plan.removed().size();
  }

  /// How many stay.
  public int keeps() {
    return plan.kept().size();
  }
}
