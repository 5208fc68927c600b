package dev.backstay.cluster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestPathTest {

  private static String path(String group, @Nullable String namespace, String name) {
    return ManifestPath.of(new ManifestKey(group, "v1", "things", "Thing", namespace, name));
  }

  @Test
  void groupsKindsAndScopes() {
    assertEquals("manifests/core/things/a.yaml", path("", "ns", "a"));
    assertEquals("manifests/apps/things/a.yaml", path("apps", "ns", "a"));
    assertEquals("manifests/_cluster/core/things/a.yaml", path("", null, "a"));
    assertEquals("manifests/_cluster/x.io/things/system:a.yaml", path("x.io", null, "system:a"));
  }

  @Test
  void namesThatAreNoFileNames() {
    assertEquals("manifests/core/things/a%2Fb%25%5C%00.yaml", path("", "ns", "a/b%\\\0"));
    assertEquals("manifests/core/things/ü.yaml", path("", "ns", "ü"));
    String one = path("", "ns", "ü".repeat(200) + "1");
    String two = path("", "ns", "ü".repeat(200) + "2");
    assertNotEquals(one, two);
    String name = one.substring(one.lastIndexOf('/') + 1);
    int length = name.getBytes(StandardCharsets.UTF_8).length;
    assertTrue(length <= 255 && length > 250, name);
    assertTrue(name.matches("ü+~[0-9a-f]{16}\\.yaml"), name);
    assertEquals(255, path("", "ns", "a".repeat(250)).length() - "manifests/core/things/".length());
    assertTrue(path("", "ns", "a".repeat(251)).contains("~"));
  }
}
