package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.plan.FieldChange;
import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.cluster.apply.ready.Pause;
import java.util.List;

/// What a plan holds, as users see it.
final class Shown {

  private Shown() {}

  static PlannedObject object(PlannedManifest planned, boolean showSecrets) {
    boolean masked = planned.key().kind().equals("Secret") && !showSecrets;
    List<String> changes =
        planned.changes().stream().map(c -> masked ? masked(c) : change(c)).toList();
    String namespace = planned.key().namespace();
    return new PlannedObject(
        planned.key().toString(),
        planned.key().kind(),
        planned.key().name(),
        namespace == null ? "" : namespace,
        action(planned),
        planned.reason(),
        planned.notes(),
        changes);
  }

  private static PlannedObject.Action action(PlannedManifest planned) {
    return switch (planned.action()) {
      case CREATE -> PlannedObject.Action.CREATE;
      case EXISTS_SKIP -> PlannedObject.Action.EXISTS_SKIP;
      case OVERWRITE -> PlannedObject.Action.OVERWRITE;
      case CONFLICT -> PlannedObject.Action.CONFLICT;
      case LEFT_OUT -> PlannedObject.Action.LEFT_OUT;
    };
  }

  private static String change(FieldChange change) {
    String from = change.from().isEmpty() ? "nothing" : change.from();
    return change.path() + ": " + from + " → " + (change.to().isEmpty() ? "nothing" : change.to());
  }

  /// Annotations may hold the values too (`last-applied-configuration`).
  private static String masked(FieldChange change) {
    return change.path() + ": differs (masked)";
  }

  static PlannedPause pause(Pause pause) {
    return new PlannedPause(
        pause.workload().toString(), pause.replicas(), "uses PVC " + pause.pvc());
  }
}
