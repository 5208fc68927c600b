package dev.backstay.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TextTest {

  @Test
  void widthCountsColumnsNotCharacters() {
    assertEquals(3, Text.width("abc"));
    assertEquals(4, Text.width("数据"));
    assertEquals(1, Text.width("e\u0301"));
    assertEquals(2, Text.width("🚀"));
    assertEquals(0, Text.width("\u200f"));
  }

  @Test
  void whatCouldMoveTheCursorIsEscaped() {
    assertEquals("a\\nb", Text.printable("a\nb"));
    assertEquals("\\u{1b}[2J", Text.printable("\u001b[2J"));
    assertEquals("x\\u{202e}y", Text.printable("x\u202ey"));
    assertEquals("数据 é", Text.printable("数据 é"));
  }

  @Test
  void fitsIntoColumns() {
    assertEquals("abc", Text.fit("abc", 3));
    assertEquals("ab…", Text.fit("abcd", 3));
    assertEquals("数…", Text.fit("数据库", 4));
  }
}
