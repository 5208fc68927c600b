package dev.backstay.cluster.manifest;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects as YAML that kubectl reads back the same: `apiVersion`, `kind` and `metadata` first,
/// then the other keys sorted; a string that YAML 1.1 or 1.2 could take for anything else is
/// quoted. The same object gives the same bytes.
public final class CanonicalYaml {

  private CanonicalYaml() {}

  /// UTF-8, ends in a newline.
  public static byte[] write(JsonNode object) {
    return dev.backstay.cluster.Pending.body(object);
  }

  /// @throws dev.backstay.model.DamagedException if it is not one YAML mapping, or a hostile one
  public static ObjectNode read(byte[] yaml) {
    return dev.backstay.cluster.Pending.body(yaml.length);
  }
}
