package dev.backstay.repository.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GoQuoteTest {

  /// The table that Go 1.26 gives, which restic 0.19 is built with.
  @Test
  void knowsWhatGoPrints() throws Exception {
    BitSet printable = new BitSet();
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                GoQuoteTest.class.getResourceAsStream("go-1.26-printable.txt"),
                StandardCharsets.UTF_8))) {
      in.lines()
          .map(line -> line.split("-"))
          .forEach(p -> printable.set(Integer.parseInt(p[0], 16), Integer.parseInt(p[1], 16) + 1));
    }
    for (int point = 0x80; point <= 0x10ffff; point++) {
      assertEquals(printable.get(point), GoQuote.printable(point), Integer.toHexString(point));
    }
  }

  @Test
  void quotesAsGo() {
    assertEquals(
        "a\\\"b\\\\c\\a\\b\\f\\n\\r\\t\\v\\x01\\x7f'",
        quote("a\"b\\c\u0007\b\f\n\r\t\u000b\u0001\u007f'"));
    assertEquals("\\u202eright", quote("\u202eright"));
    assertEquals("\\u00a0\\ufeff\\U000e0001", quote("\u00a0\ufeff" + Character.toString(0xe0001)));
    assertEquals("äöü😀", quote("äöü😀"));
    assertEquals(
        "\\xff\\xc3(",
        new String(GoQuote.quote(new byte[] {-1, (byte) 0xc3, '('}), StandardCharsets.UTF_8));
    assertEquals("\ufffd", quote("\ufffd"));
  }

  private static String quote(String text) {
    return new String(GoQuote.quote(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @Property
  void comesBack(@ForAll byte[] name) {
    String quoted = new String(GoQuote.quote(name), StandardCharsets.UTF_8);
    assertArrayEquals(name, GoQuote.unquote(quoted));
  }

  @Property
  void anyTextComesBack(@ForAll String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    String quoted = new String(GoQuote.quote(bytes), StandardCharsets.UTF_8);
    assertArrayEquals(bytes, GoQuote.unquote(quoted));
  }

  @Test
  void refusesWhatIsNotQuoted() {
    assertNull(GoQuote.unquote("a\\"));
    assertNull(GoQuote.unquote("\\xg0"));
    assertNull(GoQuote.unquote("\\u12"));
    assertNull(GoQuote.unquote("\\q"));
    assertArrayEquals(new byte[] {'A'}, GoQuote.unquote("\\101"));
  }
}
