package dev.backstay.cluster.volume;

import dev.backstay.cluster.mover.MoverUser;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one PVC will be read.
///
/// @param pvc which
/// @param method how
/// @param snapshotClass the VolumeSnapshotClass that serves it, or empty for the driver's default
/// @param existing the VolumeSnapshot that it is read from and that is somebody's: it stays. Empty
///   for one that is taken now and removed afterwards
/// @param user as whom a mover pod reads it
/// @param consistency what the method means for what is read, in words
/// @param losses what the method cannot carry
/// @param reasons why this method and not a better one
/// @param blockers what keeps it from being read at all; it is left out then
/// @param pod the pod that mounts it, for the methods that need one, or empty
/// @param node the node of that pod, or empty
/// @param container the container of that pod that mounts it, or empty
/// @param mountPath where that container has it, or empty
/// @param otherwise what is done if the method fails for a cause that could not be seen beforehand
public record VolumePlan(
    PvcInfo pvc,
    VolumeMethod method,
    String snapshotClass,
    String existing,
    MoverUser user,
    String consistency,
    List<String> losses,
    List<String> reasons,
    List<ItemFailure> blockers,
    String pod,
    String node,
    String container,
    String mountPath,
    @Nullable VolumePlan otherwise) {

  public VolumePlan {
    losses = List.copyOf(losses);
    reasons = List.copyOf(reasons);
    blockers = List.copyOf(blockers);
  }

  /// Whether a VolumeSnapshot is taken for it.
  boolean cuts() {
    return method == VolumeMethod.VOLUME_SNAPSHOT && existing.isEmpty();
  }

  /// This plan with one more reason.
  VolumePlan because(String reason) {
    return with(consistency, reason);
  }

  /// This plan as one of a group.
  VolumePlan grouped(List<String> pvcs, String reason) {
    return with(
        "crash-consistent: all files as they were at one moment, the same one for "
            + String.join(", ", pvcs),
        "as a group: " + reason);
  }

  private VolumePlan with(String otherConsistency, String reason) {
    List<String> more = new ArrayList<>(reasons);
    more.add(reason);
    return new VolumePlan(
        pvc,
        method,
        snapshotClass,
        existing,
        user,
        otherConsistency,
        losses,
        more,
        blockers,
        pod,
        node,
        container,
        mountPath,
        otherwise);
  }
}
