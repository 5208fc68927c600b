package dev.backstay.ui.part;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DiffLineTest {

  private static List<String> shown(List<DiffLine> lines) {
    return lines.stream()
        .map(l ->
            l.folded() > 0 ? "…" + l.folded() : l.left() + (l.changed() ? "|" : "=") + l.right())
        .toList();
  }

  @Test
  void whatWasReplacedStandsBesideWhatReplacedIt() {
    List<String> before = List.of("data:", "  CURRENCY: EUR", "  RELEASE: \"3.2\"");
    List<String> after = List.of("data:", "  CURRENCY: CHF", "  RELEASE: \"3.2\"");
    assertEquals(
        List.of(
            "data:=data:",
            "  CURRENCY: EUR|  CURRENCY: CHF",
            "  RELEASE: \"3.2\"=  RELEASE: \"3.2\""),
        shown(DiffLine.between(before, after, true)));
  }

  @Test
  void aSideWithoutALineIsNotALineWithoutText() {
    assertEquals(
        List.of("a=a", "|null", "b=b"),
        shown(DiffLine.between(List.of("a", "", "b"), List.of("a", "b"), true)));
    assertEquals(
        List.of("null|a", "null|b"), shown(DiffLine.between(List.of(), List.of("a", "b"), true)));
  }

  @Test
  void equalLinesFarFromAnyChangeAreFolded() {
    List<String> before = IntStream.range(0, 30).mapToObj(i -> "line " + i).toList();
    List<String> after = new ArrayList<>(before);
    after.set(15, "another");
    List<String> shown = shown(DiffLine.between(before, after, false));
    assertEquals("…11", shown.getFirst());
    assertEquals("…10", shown.getLast());
    assertEquals(11, shown.size());
  }

  @Test
  void bothSidesAreWholeWhateverDiffers() {
    Random random = new Random(4);
    for (int round = 0; round < 300; round++) {
      List<String> before = words(random);
      List<String> after = words(random);
      List<DiffLine> lines = DiffLine.between(before, after, true);
      assertEquals(before, lines.stream().map(DiffLine::left).filter(Objects::nonNull).toList());
      assertEquals(after, lines.stream().map(DiffLine::right).filter(Objects::nonNull).toList());
    }
  }

  private static List<String> words(Random random) {
    return random.ints(random.nextInt(12), 0, 5).mapToObj(Integer::toString).toList();
  }
}
