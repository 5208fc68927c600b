package dev.backstay.ui.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Values of Secrets are not shown, however they are written. Every value here begins with `zz`.
final class SecretMaskTest {

  private static final String SECRET = "/manifests/core/secrets/login.yaml";
  private static final String OTHER = "/manifests/core/configmaps/login.yaml";
  private static final String IN_VOLUME = "/volumes/data/login.yaml";

  private static String mask(String text, String path, boolean cut) {
    String masked = SecretMask.mask(text, path, cut).orElseThrow(() -> new AssertionError(text));
    assertFalse(masked.contains("zz"), masked);
    return masked;
  }

  private static String mask(String text) {
    return mask(text, IN_VOLUME, false);
  }

  @Test
  void blockStyleKeepsAllButTheValues() {
    String text =
        """
        apiVersion: v1
        data:
          key: zzA=
          more: |
            zz line of it

            zz another
          quoted: "zz: # no comment"
          folded: >-
            zz folded
          last: zz
        kind: Secret
        metadata:
          annotations:
            a/b: kept
            kubectl.kubernetes.io/last-applied-configuration: |
              {"data":{"key":"zz"}}
            z: kept too
          name: login # kept
        stringData:
          plain: zz # zz
          multi: zz over
            zz lines
        type: Opaque
        """;
    assertEquals(
        """
        apiVersion: v1
        data:
          key: ••••••
          more: ••••••
          quoted: ••••••
          folded: ••••••
          last: ••••••
        kind: Secret
        metadata:
          annotations:
            a/b: kept
            kubectl.kubernetes.io/last-applied-configuration: ••••••
            z: kept too
          name: login # kept
        stringData:
          plain: ••••••
          multi: ••••••
        type: Opaque
        """,
        mask(text, SECRET, false));
    assertEquals(mask(text, SECRET, false), mask(text), "the content says it too");
  }

  @Test
  void commentsAndTagsAmongTheValuesGo() {
    String masked =
        mask(
            """
            kind: Secret
            data: # zz
              # zz was the old one
              a: !!binary zz
              # zz
              b: &zz zz
              # zz
            metadata: {}
            """);
    assertEquals("kind: Secret\ndata:\n  a: ••••••\n  b: ••••••\nmetadata: {}\n", masked);
  }

  @Test
  void flowStyleAndOneLine() {
    assertEquals(
        "{kind: Secret, data: {a: \"••••••\", b: \"••••••\"}, metadata: {name: x}}",
        mask("{kind: Secret, data: {a: zz, b: 'zz, b: zz'}, metadata: {name: x}}"));
    assertEquals("kind: Secret\ndata: {a: \"••••••\"}", mask("kind: Secret\ndata: {a: zz}"));
    assertEquals("data: ••••••\nkind: Secret\n", mask("data: zz\nkind: Secret\n"));
    assertEquals("data: ••••••\nkind: \"Secret\"\n", mask("data: [zz, zz]\nkind: \"Secret\"\n"));
  }

  @Test
  void json() {
    String compact =
        "{\"apiVersion\":\"v1\",\"data\":{\"a\":\"zz\",\"b\":\"zz\\\"zz\"},\"kind\":\"Secret\"}";
    String masked = mask(compact, "/volumes/data/x.json", false);
    assertTrue(masked.contains("\"a\": \"••••••\", \"b\": \"••••••\"}"), masked);
    assertTrue(masked.endsWith("\"kind\":\"Secret\"}"), masked);
    String pretty =
        """
        {
        \t"kind" : "Secret",
        \t"stringData" : {
        \t\t"a" : "zz",
        \t\t"b" : "zz"
        \t},
        \t"metadata": {"annotations": {"kubectl.kubernetes.io/last-applied-configuration":"zz"}}
        }
        """;
    mask(pretty, "/volumes/data/x.json", false);
    mask(pretty.replace("\t", "  "), "/volumes/data/x.json", false);
    mask(pretty.replace("\t", "").replace("\n", ""), "/volumes/data/x.json", false);
  }

  @Test
  void everyPlaceWhereATextCanBeCut() {
    for (String whole :
        List.of(
            "apiVersion: v1\ndata:\n  key: zzA=\n  more: |\n    zz\n  last: \"zz\"\nkind: Secret\n",
            "{\"apiVersion\":\"v1\",\"data\":{\"a\":\"zz\",\"b\":\"zz\"},\"kind\":\"Secret\"}",
            "kind: Secret\nmetadata:\n  annotations:\n    x.io/applied: '{zz}'\ndata: {a: zz}\n")) {
      for (int end = 1; end < whole.length(); end++) {
        String cut = whole.substring(0, end);
        for (String path : List.of(SECRET, IN_VOLUME)) {
          String shown = SecretMask.mask(cut, path, true).orElse(cut);
          assertFalse(shown.contains("zz"), cut + "\n→\n" + shown);
        }
      }
    }
  }

  @Test
  void whatIsCutKeepsWhatWasUnderstood() {
    assertEquals(
        "apiVersion: v1\ndata:\n  key: ••••••\n  more: ••••••",
        mask("apiVersion: v1\ndata:\n  key: zzA=\n  more: \"zz and", SECRET, true));
  }

  @Test
  void listsAndSeveralDocuments() {
    String list =
        """
        apiVersion: v1
        kind: List
        items:
        - data:
            a: zz
          kind: Secret
        - data:
            a: shown
          kind: ConfigMap
        ---
        kind: SecretList
        items:
        - data: {a: zz}
          metadata: {name: x}
        ---
        kind: ConfigMap
        data: {a: shown}
        """;
    String masked = mask(list);
    assertEquals(2, masked.split("shown", -1).length - 1, masked);
    assertEquals(2, masked.split(SecretMask.MASK, -1).length - 1, masked);
  }

  @Test
  void keysNamedAsFieldsChangeNothing() {
    mask("kind: Secret\ndata:\n  kind: zz\n  data: zz\n  metadata: zz\n  \"a: b\": zz\n");
    mask("data:\n  kind: ConfigMap\n  x: zz\nkind: Secret\nmetadata:\n  kind: x\n");
    mask("'kind': 'Secret'\n\"d\\u0061ta\":\n  ? a\n  : zz\n");
  }

  @Test
  void whatIsNotUnderstoodIsHidden() {
    mask("kind: Secret\nstringData:\n  a: zz\n\tb: zz\n  c: {{ zz }}: zz\n");
    mask("kind: Secret\nmetadata: @zz\nstringData:\n  b: zz\n");
    mask("zz just words", SECRET, false);
  }

  @Test
  void otherKindsAreShown() {
    String configMap = "kind: ConfigMap\ndata:\n  a: shown\nmetadata:\n  name: Secret\n";
    assertEquals(Optional.empty(), SecretMask.mask(configMap, OTHER, false));
    assertEquals(Optional.empty(), SecretMask.mask("data:\n  a: 1\n", OTHER, true));
    assertEquals(Optional.empty(), SecretMask.mask("data:\n  a: 1\n", IN_VOLUME, false));
    assertEquals(Optional.empty(), SecretMask.mask("a: [", IN_VOLUME, false));
    assertEquals(
        Optional.empty(), SecretMask.mask("kind: Secret\ndata: {a: b}", "/volumes/a.txt", false));
    assertEquals(Optional.empty(), SecretMask.mask("kind: Secret\ntype: x\n", SECRET, false));
  }

  @Test
  void charactersBeyondSixteenBitsDoNotShiftTheMask() {
    assertEquals(
        "a: 😀😀😀\ndata:\n  k: ••••••\nkind: Secret\n",
        mask("a: 😀😀😀\ndata:\n  k: zz\nkind: Secret\n"));
  }

  @Test
  void nestingOfAnyDepthIsBorne() {
    mask("{kind: Secret, data: " + "[".repeat(100_000) + "zz");
    mask("{kind: Secret, data: " + "{a: ".repeat(50_000) + "zz");
  }
}
