package dev.backstay.cluster.manifest;

import dev.backstay.cluster.yaml.YamlException;
import dev.backstay.cluster.yaml.YamlTree;
import dev.backstay.model.DamagedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects as YAML that kubectl reads back the same: `apiVersion`, `kind` and `metadata` first,
/// then the other keys sorted; a string that YAML 1.1 or 1.2 could take for anything else is
/// quoted. The same object gives the same bytes.
public final class CanonicalYaml {

  private CanonicalYaml() {}

  /// UTF-8, ends in a newline.
  public static byte[] write(JsonNode object) {
    return new YamlWriter().document(object).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws dev.backstay.model.DamagedException if it is not one YAML mapping, or a hostile one
  public static ObjectNode read(byte[] yaml) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
      if (YamlTree.read(text) instanceof ObjectNode object) {
        return object;
      }
      throw damaged("it is not a mapping", null);
    } catch (CharacterCodingException e) {
      throw damaged("it is not UTF-8 text", e);
    } catch (YamlException e) {
      throw damaged(e.problem(), e);
    }
  }

  private static DamagedException damaged(
      String why, @org.jspecify.annotations.Nullable Exception cause) {
    return new DamagedException(
        "manifest.unreadable",
        "a manifest cannot be read: " + why,
        "check the repository, or leave this object out",
        cause);
  }
}
