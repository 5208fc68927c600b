package dev.backstay.workflow.backup;

import dev.backstay.workflow.job.JobSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// A wish to back up a namespace of a session's cluster.
///
/// @param namespace which
/// @param labelSelector which of its objects, empty for all
/// @param onlyKinds kinds as qualified plurals; empty for all
/// @param exceptKinds kinds to leave out
/// @param onlyPvcs PVCs whose data is wanted; empty for all
/// @param fromSnapshots VolumeSnapshots that are there: their PVCs are read from them, not as they
///   are now
/// @param volumes whether volume data is wanted at all
/// @param force read every file, whatever the parent restore point says
public record BackUpRequest(
    String namespace,
    String labelSelector,
    Set<String> onlyKinds,
    Set<String> exceptKinds,
    List<String> onlyPvcs,
    List<String> fromSnapshots,
    boolean volumes,
    boolean force) {

  public BackUpRequest {
    onlyKinds = Set.copyOf(onlyKinds);
    exceptKinds = Set.copyOf(exceptKinds);
    onlyPvcs = List.copyOf(onlyPvcs);
    fromSnapshots = fromSnapshots.stream().distinct().toList();
  }

  /// Whether it is not the namespace as it is, but a part of it, or older data.
  public boolean selective() {
    return !labelSelector.isEmpty()
        || !onlyKinds.isEmpty()
        || !exceptKinds.isEmpty()
        || !onlyPvcs.isEmpty()
        || !fromSnapshots.isEmpty()
        || !volumes;
  }

  /// The wish of a job that was a backup: asked again, a dead one is taken up.
  public static BackUpRequest repeating(JobSpec spec) {
    Map<String, String> details = spec.details();
    return new BackUpRequest(
        Objects.requireNonNullElse(spec.namespace(), ""),
        details.getOrDefault("selector", ""),
        Set.copyOf(list(details.getOrDefault("only", ""))),
        Set.copyOf(list(details.getOrDefault("except", ""))),
        list(details.getOrDefault("pvcs", "")),
        list(details.getOrDefault("fromSnapshots", "")),
        !"false".equals(details.get("volumes")),
        false);
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).filter(s -> !s.isEmpty()).toList();
  }

  /// Everything in a namespace.
  public static BackUpRequest of(String namespace) {
    return new BackUpRequest(namespace, "", Set.of(), Set.of(), List.of(), List.of(), true, false);
  }

  /// Everything in a namespace, but of the volumes only these.
  ///
  /// @param pvcs empty for all
  public static BackUpRequest of(String namespace, List<String> pvcs) {
    return new BackUpRequest(namespace, "", Set.of(), Set.of(), pvcs, List.of(), true, false);
  }

  /// The files of one PVC as a VolumeSnapshot has them.
  public static BackUpRequest from(String namespace, String pvc, String volumeSnapshot) {
    return new BackUpRequest(
        namespace, "", Set.of(), Set.of(), List.of(pvc), List.of(volumeSnapshot), true, false);
  }
}
