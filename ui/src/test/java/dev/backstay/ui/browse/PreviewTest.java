package dev.backstay.ui.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a preview makes of bytes, however odd they are.
final class PreviewTest {

  private static Preview of(byte[] bytes, String name) {
    return TextOrHex.of(bytes, name, bytes.length);
  }

  @Test
  void textIsText() {
    Preview.Text text =
        assertInstanceOf(
            Preview.Text.class, of("größe: 1\nb: 2\n".getBytes(StandardCharsets.UTF_8), "a.yaml"));
    assertEquals(List.of("größe: 1", "b: 2", ""), text.lines());
    assertEquals(Preview.Language.YAML, text.language());
    assertEquals("", text.note());
  }

  @Test
  void otherEncodingsAreGuessedAndNamed() {
    Preview.Text latin =
        assertInstanceOf(
            Preview.Text.class, of("größe".getBytes(StandardCharsets.ISO_8859_1), "a.txt"));
    assertEquals("größe", latin.lines().getFirst());
    assertTrue(latin.note().contains("windows-1252"), latin.note());
  }

  @Test
  void aCharacterThatIsCutOffAtTheEndIsNoOtherEncoding() {
    byte[] whole = "aaaaaaaé".getBytes(StandardCharsets.UTF_8);
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
    Preview.Text text = assertInstanceOf(Preview.Text.class, TextOrHex.of(cut, "a.log", 1 << 30));
    assertFalse(text.note().contains("windows"), text.note());
    assertTrue(text.note().contains("1.0 GiB"), text.note());
  }

  @Test
  void aLineOfMegabytesIsCut() {
    byte[] bytes = "x".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    Preview.Text text = assertInstanceOf(Preview.Text.class, of(bytes, "one.yaml"));
    assertTrue(text.lines().getFirst().length() < TextOrHex.LONGEST_LINE + 10);
    assertFalse(text.note().isEmpty());
  }

  @Test
  void otherBytesAreShownAsBytes() {
    Preview.Hex hex = assertInstanceOf(Preview.Hex.class, of(new byte[] {0, 1, 'A', -1}, "a.bin"));
    assertTrue(hex.lines().getFirst().startsWith("00000000  00 01 41 ff"), hex.lines().toString());
  }

  @Test
  void valuesOfSecretsAreMasked() {
    List<String> secret =
        List.of(
            "apiVersion: v1",
            "data:",
            "  key: c2VjcmV0",
            "  more: |",
            "    line of it",
            "    another",
            "  last: eA==",
            "kind: Secret",
            "metadata:",
            "  annotations:",
            "    kubectl.kubernetes.io/last-applied-configuration: '{\"data\":1}'",
            "  name: login");
    assertTrue(SecretMask.isSecret(secret));
    String masked = String.join("\n", SecretMask.mask(secret));
    assertFalse(masked.contains("c2VjcmV0"), masked);
    assertFalse(masked.contains("line of it"), masked);
    assertFalse(masked.contains("\"data\""), masked);
    assertTrue(masked.contains("  key: " + SecretMask.MASK), masked);
    assertTrue(masked.contains("  name: login"), masked);
  }

  @Test
  void valuesInFlowStyleAreMaskedToo() {
    List<String> secret = List.of("kind: Secret", "data: {a: c2VjcmV0}", "metadata: {name: x}");
    String masked = String.join("\n", SecretMask.mask(secret));
    assertFalse(masked.contains("c2VjcmV0"), masked);
  }
}
