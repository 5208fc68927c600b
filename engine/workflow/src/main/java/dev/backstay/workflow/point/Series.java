package dev.backstay.workflow.point;

import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The restore points of one namespace of one cluster in one repository: what restic calls a group
/// by host and paths. A PVC more or less does not change it.
///
/// @param clusterId the snapshots' hostname
/// @param namespace which is also their one path
public record Series(String clusterId, String namespace) {

  /// The tag that says that a snapshot is a restore point.
  public static final String TAG = "backstay";

  /// The tag of a restore point from which something is missing.
  public static final String PARTIAL = "partial";

  /// The tag of a restore point for which only a part of the namespace was asked.
  public static final String SELECTIVE = "selective";

  public List<String> paths() {
    return List.of("/" + namespace);
  }

  public boolean holds(Snapshot snapshot) {
    return snapshot.tags().contains(TAG)
        && snapshot.hostname().equals(clusterId)
        && snapshot.paths().equals(paths());
  }

  /// The newest one, partial or not: even half of it saves sending that half. One for which only a
  /// part was asked comes last, since it would hide what older ones hold.
  public Optional<Snapshot> latest(OpenRepository repository) {
    return repository.snapshots().stream()
        .filter(this::holds)
        .max(
            Comparator.comparing((Snapshot snapshot) -> !snapshot.tags().contains(SELECTIVE))
                .thenComparing(Snapshot::time));
  }
}
