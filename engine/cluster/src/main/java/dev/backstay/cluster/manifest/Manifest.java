package dev.backstay.cluster.manifest;

import tools.jackson.databind.node.ObjectNode;

/// An object as it goes into a restore point.
///
/// @param key which object
/// @param object as the server has it, without `metadata.managedFields`
/// @param yaml the object as canonical YAML, UTF-8
public record Manifest(ManifestKey key, ObjectNode object, Yaml yaml) {

  /// UTF-8 bytes, not copied: do not change them.
  public static final class Yaml {
    private final byte[] bytes;

    Yaml(byte[] bytes) {
      this.bytes = bytes;
    }

    public byte[] bytes() {
      return bytes;
    }
  }

  /// Its path inside a restore point, without the leading slash:
  /// `manifests/core/configmaps/app.yaml`.
  public String path() {
    return ManifestPath.of(key);
  }
}
