package dev.backstay.ui.browse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    byte[] cut = Arrays.copyOf(whole, whole.length - 1);
    Preview.Text text = assertInstanceOf(Preview.Text.class, TextOrHex.of(cut, "a.log", 1 << 30));
    assertFalse(text.note().contains("windows"), text.note());
    assertTrue(text.note().contains("1.0 GiB"), text.note());
  }

  @Test
  void aLineOfMegabytesIsCut() {
    byte[] bytes = "x".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    Preview.Text text = assertInstanceOf(Preview.Text.class, of(bytes, "one.yaml"));
    assertTrue(text.lines().getFirst().length() < Lines.LONGEST + 10);
    assertFalse(text.note().isEmpty());
  }

  @Test
  void otherBytesAreShownAsBytes() {
    Preview.Hex hex = assertInstanceOf(Preview.Hex.class, of(new byte[] {0, 1, 'A', -1}, "a.bin"));
    assertTrue(hex.lines().getFirst().startsWith("00000000  00 01 41 ff"), hex.lines().toString());
  }

  @Test
  void anEmptyFileIsSaidToBeEmpty() {
    FetchedRanges file = FetchedRanges.of(new byte[0]);
    assertInstanceOf(Preview.Nothing.class, Previewer.of(file, "/volumes/data/a.txt"));
    assertEquals(0, file.times);
  }

  @Test
  void utf16IsReadByItsMark() {
    for (String name : List.of("UTF-16LE", "UTF-16BE")) {
      byte[] bytes = "\ufeffgröße\nb".getBytes(Charset.forName(name));
      Preview.Text text = assertInstanceOf(Preview.Text.class, of(bytes, "a.txt"));
      assertEquals(List.of("größe", "b"), text.lines());
      assertTrue(text.note().contains(name), text.note());
    }
    byte[] marked = "\ufeffa: 1".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        List.of("a: 1"), assertInstanceOf(Preview.Text.class, of(marked, "a.yaml")).lines());
  }

  @Test
  void aNameMayBeOfAnyScriptAndLength() {
    String name = "ש".repeat(125) + ".yaml";
    assertEquals(255, name.getBytes(StandardCharsets.UTF_8).length);
    byte[] bytes = "שלום: עולם".getBytes(StandardCharsets.UTF_8);
    Preview.Text text =
        assertInstanceOf(
            Preview.Text.class, Previewer.of(FetchedRanges.of(bytes), "/volumes/data/" + name));
    assertEquals(Preview.Language.YAML, text.language());
    assertEquals("שלום: עולם", text.lines().getFirst());
  }

  /// 2 GiB of lines of 16 bytes, each with its number.
  private static FetchedRanges log() {
    return new FetchedRanges(
        2L << 30,
        at -> {
          int digit = (int) (at % 16);
          return (byte) (digit == 15 ? '\n' : "0123456789abcdef".charAt(nibble(at / 16, digit)));
        });
  }

  private static int nibble(long number, int digit) {
    return (int) (number >> (4 * (14 - digit))) & 15;
  }

  @Test
  void ofALargeLogTheBeginningAndTheEndAreFetched() {
    FetchedRanges file = log();
    Preview.Text beginning =
        assertInstanceOf(Preview.Text.class, Previewer.of(file, "/volumes/data/a.log"));
    assertEquals("000000000000000", beginning.lines().getFirst());
    assertTrue(beginning.cut());
    assertEquals(256 << 10, file.bytes);
    Preview.Text end =
        assertInstanceOf(Preview.Text.class, Previewer.end(file, "/volumes/data/a.log", beginning));
    assertEquals(512 << 10, file.bytes);
    assertEquals("000000007ffffff", end.lines().get(end.lines().size() - 2));
    assertEquals("000000007ffc001", end.lines().getFirst(), "after half a line");
    assertTrue(end.note().contains("the last 256 KiB of 2.0 GiB"), end.note());
  }

  private static Preview end(byte[] bytes, String path) {
    FetchedRanges file = FetchedRanges.of(bytes);
    Preview.Text beginning = assertInstanceOf(Preview.Text.class, Previewer.of(file, path));
    assertTrue(beginning.cut());
    return Previewer.end(file, path, beginning);
  }

  @Test
  void theEndIsReadInTheEncodingOfTheBeginning() {
    byte[] wide = ("\ufeff" + "größe\n".repeat(50_001)).getBytes(StandardCharsets.UTF_16LE);
    Preview.Text text = assertInstanceOf(Preview.Text.class, end(wide, "/a.txt"));
    assertEquals("größe", text.lines().getFirst());
    byte[] odd = Arrays.copyOf(wide, wide.length - 1);
    assertEquals(
        "größe", assertInstanceOf(Preview.Text.class, end(odd, "/a.txt")).lines().getFirst());
    byte[] oneLine = "€".repeat(200_001).getBytes(StandardCharsets.UTF_8);
    text = assertInstanceOf(Preview.Text.class, end(oneLine, "/a.txt"));
    assertTrue(text.lines().getFirst().startsWith("€€"), "no half a character");
  }

  @Test
  void anEndThatIsNoTextIsShownAsBytesWithTheirPlace() {
    byte[] bytes = Arrays.copyOf("text\n".repeat(60_000).getBytes(StandardCharsets.UTF_8), 1 << 20);
    Preview.Hex hex = assertInstanceOf(Preview.Hex.class, end(bytes, "/a.log"));
    assertTrue(hex.lines().getLast().startsWith("000ffff0  00"), hex.lines().getLast());
  }

  @Test
  void linesBeyondNumberAreCut() {
    byte[] bytes = "\n".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    Preview.Text text = assertInstanceOf(Preview.Text.class, of(bytes, "a.txt"));
    assertEquals(Lines.MOST, text.lines().size());
    assertTrue(text.note().contains("20,000"), text.note());
    byte[] more = ("\n".repeat(400_000) + "last").getBytes(StandardCharsets.UTF_8);
    text = assertInstanceOf(Preview.Text.class, end(more, "/a.txt"));
    assertEquals("last", text.lines().getLast());
    assertTrue(text.lines().size() <= Lines.MOST);
  }

  private static void assertMasked(Preview.Text text) {
    assertFalse(text.lines().toString().contains("c2Vj"), text.lines().getFirst());
    assertTrue(text.lines().toString().contains(SecretMask.MASK));
    assertTrue(String.valueOf(text.revealed()).contains("c2Vj"));
  }

  @Test
  void aSecretOnOneLineOfMegabytesIsMaskedAtBothEnds() {
    String secret = "{kind: Secret, data: {a: " + "c2Vj".repeat(1_200_000) + ", b: c2Vj}}";
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    for (String path : List.of("/volumes/data/a.yaml", "/manifests/core/secrets/a.yaml")) {
      FetchedRanges file = FetchedRanges.of(bytes);
      Preview.Text text = assertInstanceOf(Preview.Text.class, Previewer.of(file, path));
      assertMasked(text);
      assertEquals(256 << 10, file.bytes);
      assertMasked(assertInstanceOf(Preview.Text.class, Previewer.end(file, path, text)));
    }
  }

  @Test
  void aSecretAtTheEndOfAFileIsMasked() {
    String many = "kind: ConfigMap\ndata: {a: b}\n---\n".repeat(20_000);
    String secret = "data:\n  a: c2Vj\nkind: Secret\n";
    byte[] bytes = (many + secret).getBytes(StandardCharsets.UTF_8);
    assertMasked(assertInstanceOf(Preview.Text.class, end(bytes, "/volumes/data/a.yaml")));
  }

  @Test
  void whatIsNoSecretIsNotMasked() {
    byte[] bytes = "kind: ConfigMap\ndata: {a: b}\n".getBytes(StandardCharsets.UTF_8);
    Preview.Text text =
        assertInstanceOf(
            Preview.Text.class,
            Previewer.of(FetchedRanges.of(bytes), "/manifests/core/configmaps/a.yaml"));
    assertNull(text.revealed());
  }

  /// Each of these brought down, or held up, the colouring.
  @Test
  void coloursOfOddTextsAreFound() {
    for (Preview.Language language : List.of(Preview.Language.YAML, Preview.Language.JSON)) {
      for (String odd :
          List.of(
              "\"" + "a".repeat(300_000),
              "\"" + "\\a".repeat(150_000) + "\"",
              "\n".repeat(300_000) + "!",
              "- ".repeat(150_000),
              " ".repeat(300_000) + "!",
              "'".repeat(300_001),
              "- 1" + " ".repeat(300_000) + "x")) {
        assertEquals(odd.length(), CodeView.spans(odd, language).length());
      }
    }
  }
}
