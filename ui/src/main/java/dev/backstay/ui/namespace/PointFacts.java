package dev.backstay.ui.namespace;

import dev.backstay.model.RestorePoint;

/// What follows from a restore point's record.
public final class PointFacts {

  private PointFacts() {}

  /// Plain bytes of one PVC, or of all if none is named.
  public static long bytes(RestorePoint point, String pvc) {
    return point.volumes().stream()
        .filter(v -> pvc.isEmpty() || v.pvc().equals(pvc))
        .mapToLong(RestorePoint.Volume::bytes)
        .sum();
  }

  /// Files of all PVCs.
  public static long files(RestorePoint point) {
    return point.volumes().stream().mapToLong(RestorePoint.Volume::files).sum();
  }
}
