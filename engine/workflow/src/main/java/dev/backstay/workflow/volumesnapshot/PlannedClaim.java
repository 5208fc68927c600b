package dev.backstay.workflow.volumesnapshot;

import java.util.List;

/// The PVC that would be made.
///
/// @param name its name
/// @param storageClass its StorageClass, or empty if none fits
/// @param reason why that class
/// @param bytes its size, -1 if unknown
/// @param accessModes `ReadWriteOnce`, …
/// @param volumeMode `Filesystem` or `Block`
/// @param waitsForPod whether its volume is only made once a pod uses it
public record PlannedClaim(
    String name,
    String storageClass,
    String reason,
    long bytes,
    List<String> accessModes,
    String volumeMode,
    boolean waitsForPod) {

  public PlannedClaim {
    accessModes = List.copyOf(accessModes);
  }
}
