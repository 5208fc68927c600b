package dev.backstay.workflow.restore;

import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The dead restore that a new plan takes up, if there is one.
final class Past {

  static final String POINT = "point";
  static final String ASKED = "asked";
  static final String BEGUN = "begun";
  static final String DONE = "done";

  private final @Nullable JournalView view;

  Past(@Nullable JournalView view) {
    this.view = view;
  }

  /// The newest dead job that wanted the same. For `latest` the restore point does not count: the
  /// dead job may itself have made a newer one.
  static Past find(Journals journals, JobSpec spec) {
    boolean latest = "latest".equals(spec.details().get(ASKED));
    return new Past(
        journals.dead().stream()
            .filter(v -> latest ? loose(v.spec()).equals(loose(spec)) : v.spec().equals(spec))
            .max(Comparator.comparing(JournalView::begun))
            .orElse(null));
  }

  private static JobSpec loose(JobSpec spec) {
    Map<String, String> details = new HashMap<>(spec.details());
    details.remove(POINT);
    return new JobSpec(
        spec.kind(),
        spec.context(),
        spec.clusterId(),
        spec.namespace(),
        spec.repository(),
        details);
  }

  Optional<JournalView> view() {
    return Optional.ofNullable(view);
  }

  boolean exists() {
    return view != null;
  }

  private String note(String key) {
    return view == null ? "" : view.notes().getOrDefault(key, "");
  }

  static String volumeKey(String pvc) {
    return "volume " + pvc;
  }

  /// Whether the dead job had made this PVC and not finished filling it.
  boolean filling(String pvc) {
    return note(volumeKey(pvc)).equals(BEGUN);
  }

  /// Whether the dead job had written it to its end.
  boolean filled(String pvc) {
    return note(volumeKey(pvc)).equals(DONE);
  }

  /// The restore point that it had taken of what it replaces, or empty.
  String safety() {
    return note("safety");
  }
}
