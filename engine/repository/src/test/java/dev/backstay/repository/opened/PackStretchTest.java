package dev.backstay.repository.opened;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.repository.index.BlobPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PackStretchTest {

  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  private static BlobPlace place(String pack, long offset, int length) {
    return new BlobPlace(pack, offset, length, 0);
  }

  private static void isAt(PackStretch stretch, String pack, long from, int length, int blobs) {
    assertEquals(pack, stretch.pack());
    assertEquals(from, stretch.from());
    assertEquals(length, stretch.length());
    assertEquals(blobs, stretch.blobs());
  }

  @Test
  void blobsOfTwoPacksByTurns() {
    List<PackStretch> stretches =
        PackStretch.around(
            List.of(
                place("a", 5 * MIB, MIB),
                place("b", 0, MIB),
                place("a", 6 * MIB, MIB),
                place("b", MIB, MIB)));
    isAt(stretches.get(0), "a", 5 * MIB, 2 * MIB, 2);
    isAt(stretches.get(1), "b", 0, 2 * MIB, 2);
    assertSame(stretches.get(0), stretches.get(2));
    assertSame(stretches.get(1), stretches.get(3));
  }

  @Test
  void aSmallGapIsReadAlongALargeOneIsNot() {
    List<PackStretch> stretches =
        PackStretch.around(
            List.of(
                place("a", 0, MIB),
                place("a", MIB + 256 * KIB, MIB),
                place("a", 2 * MIB + 512 * KIB + 1, MIB)));
    isAt(stretches.get(0), "a", 0, 2 * MIB + 256 * KIB, 2);
    isAt(stretches.get(2), "a", 2 * MIB + 512 * KIB + 1, MIB, 1);
  }

  @Test
  void oneThatIsAskedForTwiceCountsTwice() {
    List<PackStretch> stretches =
        PackStretch.around(List.of(place("a", 7, 50), place("a", 57, 50), place("a", 7, 50)));
    isAt(stretches.get(0), "a", 7, 100, 3);
    assertSame(stretches.get(0), stretches.get(2));
  }

  @Test
  void noneIsLongerThanARequestMayBe() {
    List<PackStretch> stretches =
        PackStretch.around(List.of(place("a", 0, 9 * MIB), place("a", 9 * MIB, 9 * MIB)));
    assertNotSame(stretches.get(0), stretches.get(1));
  }

  @Test
  void eachLiesInItsOwn() {
    Random random = new Random(3);
    List<BlobPlace> places = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String pack = "p" + random.nextInt(3);
      places.add(place(pack, random.nextLong(1L << 31), random.nextInt(2 * MIB)));
    }
    List<PackStretch> stretches = PackStretch.around(places);
    for (int i = 0; i < places.size(); i++) {
      BlobPlace place = places.get(i);
      PackStretch stretch = stretches.get(i);
      assertEquals(place.pack(), stretch.pack());
      assertTrue(stretch.from() <= place.offset());
      assertTrue(place.offset() + place.length() <= stretch.from() + stretch.length());
    }
    assertEquals(500, stretches.stream().distinct().mapToInt(PackStretch::blobs).sum());
  }
}
