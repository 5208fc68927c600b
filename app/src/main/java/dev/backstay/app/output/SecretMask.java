package dev.backstay.app.output;

import dev.backstay.model.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Shows a Secret's manifest without its values: which keys there are, and nothing of what they
/// hold.
public final class SecretMask {

  private static final String MASK = "****";
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private SecretMask() {}

  /// Whether the file at this path of a restore point is a Secret's manifest.
  public static boolean covers(String path) {
    return path.replaceAll("/+", "/").startsWith("/manifests/core/secrets/");
  }

  /// @param yaml the manifest
  /// @throws DamagedException if it cannot be understood: then nothing of it is shown
  public static String mask(byte[] yaml) {
    try {
      LoadSettings lenient = LoadSettings.builder().setCodePointLimit(64 << 20).build();
      Object root = new Load(lenient).loadFromString(new String(yaml, StandardCharsets.UTF_8));
      return Yaml.write(maskObject(root));
    } catch (YamlEngineException e) {
      throw new DamagedException(
          "cat.secret",
          "this Secret's manifest cannot be read, so its values cannot be masked",
          "--show-secrets prints it as it is",
          e);
    }
  }

  private static Map<String, @Nullable Object> maskObject(@Nullable Object object) {
    Map<String, @Nullable Object> masked = new LinkedHashMap<>();
    entries(object)
        .forEach((key, value) ->
            masked.put(
                key,
                switch (key) {
                  case "data", "stringData" -> maskValues(value);
                  case "metadata" -> maskMetadata(value);
                  default -> value;
                }));
    return masked;
  }

  private static Map<String, @Nullable Object> maskValues(@Nullable Object values) {
    Map<String, @Nullable Object> masked = new LinkedHashMap<>();
    entries(values).forEach((key, _) -> masked.put(key, MASK));
    return masked;
  }

  private static Map<String, @Nullable Object> maskMetadata(@Nullable Object metadata) {
    Map<String, @Nullable Object> masked = entries(metadata);
    if (masked.containsKey("annotations")) {
      Map<String, @Nullable Object> annotations = entries(masked.get("annotations"));
      annotations.replace(LAST_APPLIED, MASK);
      masked.put("annotations", annotations);
    }
    return masked;
  }

  private static Map<String, @Nullable Object> entries(@Nullable Object object) {
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    if (object instanceof Map<?, ?> map) {
      map.forEach((key, value) -> entries.put(String.valueOf(key), value));
    }
    return entries;
  }
}
