package dev.backstay.workflow.restore;

import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The dead restore that a new plan takes up, if there is one.
public final class Past {

  static final String POINT = "point";
  static final String ASKED = "asked";
  static final String LATEST = "latest";
  static final String BEGUN = "begun";
  private static final String VOLUME = "volume ";
  static final String DONE = "done";
  static final String STOPPED = "paused ";
  static final String STARTED_AGAIN = "started again";

  private final @Nullable JournalView view;

  /// @param view its journal
  public Past(@Nullable JournalView view) {
    this.view = view;
  }

  /// The newest dead job that wanted the same. For `latest` the restore point does not count: the
  /// dead job may itself have made a newer one.
  static Past find(Journals journals, JobSpec spec) {
    boolean latest = LATEST.equals(spec.details().get(ASKED));
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
    return VOLUME + pvc;
  }

  /// Whether the dead job had made this PVC and not finished filling it.
  boolean filling(String pvc) {
    return note(volumeKey(pvc)).equals(BEGUN);
  }

  /// Whether the dead job had written it to its end.
  boolean filled(String pvc) {
    return note(volumeKey(pvc)).equals(DONE);
  }

  /// PVCs whose writing began and did not end.
  public List<String> halfWritten() {
    return noted(VOLUME).entrySet().stream()
        .filter(note -> note.getValue().equals(BEGUN))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Workloads that it had stopped and not started again, with the replicas that they had.
  public Map<String, String> stopped() {
    Map<String, String> stopped = noted(STOPPED);
    stopped.values().removeIf(STARTED_AGAIN::equals);
    return stopped;
  }

  private Map<String, String> noted(String prefix) {
    Map<String, String> found = new TreeMap<>();
    if (view != null) {
      view.notes()
          .forEach((key, value) -> {
            if (key.startsWith(prefix)) {
              found.put(key.substring(prefix.length()), value);
            }
          });
    }
    return found;
  }

  /// The restore point that it had taken of what it replaces, or empty.
  String safety() {
    return note("safety");
  }
}
