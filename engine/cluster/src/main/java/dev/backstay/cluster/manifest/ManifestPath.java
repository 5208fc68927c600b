package dev.backstay.cluster.manifest;

/// Where a manifest lies inside a restore point: `manifests/<group>/<plural>/<name>.yaml`, and
/// `manifests/_cluster/<group>/<plural>/<name>.yaml` for cluster-scoped objects. The core group's
/// folder is `core`. What cannot be a file name is written as `%` and two hex digits; a name too
/// long for one is cut and ends in `~` and a part of its hash, and is told by the manifest itself.
public final class ManifestPath {

  private ManifestPath() {}

  public static String of(ManifestKey key) {
    return dev.backstay.cluster.Pending.body(key);
  }
}
