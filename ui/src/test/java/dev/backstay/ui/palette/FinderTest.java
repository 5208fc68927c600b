package dev.backstay.ui.palette;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FinderTest {

  private static Finding finding(String text, String more) {
    return Finding.of("palette.page", "mdi2m-magnify", text, more, () -> {});
  }

  @Test
  void whatBeginsSoComesFirst() {
    Finder finder =
        new Finder(List.of(finding("my-shop", ""), finding("shop", "prod"), finding("other", "")));
    assertEquals(
        List.of("shop", "my-shop"), finder.find("sho").stream().map(Finding::text).toList());
  }

  @Test
  void allWordsMustFit() {
    Finder finder = new Finder(List.of(finding("shop", "prod"), finding("shop", "test")));
    assertEquals(List.of("test"), finder.find("shop te").stream().map(Finding::more).toList());
    assertTrue(finder.find("shop nowhere").isEmpty());
  }

  @Test
  void tenThousandAreCutToWhatFitsAScreen() {
    List<Finding> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      many.add(finding("shop " + i, "restore point"));
    }
    assertEquals(Finder.MOST, new Finder(many).find("shop").size());
    assertEquals("shop 9999", new Finder(many).find("9999").getFirst().text());
  }
}
