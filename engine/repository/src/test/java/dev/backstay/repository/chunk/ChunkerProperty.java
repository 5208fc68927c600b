package dev.backstay.repository.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The lanes against the definition: one window, one byte after the other.
class ChunkerProperty {

  private static final int WINDOW = 64;
  private static final long MASK = (1 << 20) - 1;

  @Property(tries = 15)
  void lanesCutWhereTheDefinitionDoes(@ForAll long seed) {
    Random random = new Random(seed);
    long polynomial = Polynomial.random(new SecureRandom());
    byte[] bytes = content(random);
    Chunker chunker = new Chunker(polynomial);
    int scanned = 0;
    int cut = -1;
    while (cut < 0 && scanned < bytes.length) {
      int filled = Math.min(bytes.length, scanned + 1 + random.nextInt(3 << 20));
      cut = chunker.cut(bytes, scanned, filled);
      scanned = filled;
    }
    assertEquals(expected(bytes, polynomial), cut);
  }

  /// Noise, runs of one byte, and repetitions: all of them common, and each with cuts of its own.
  private static byte[] content(Random random) {
    byte[] bytes = new byte[Chunker.MIN + random.nextInt(9 << 20)];
    random.nextBytes(bytes);
    for (int i = random.nextInt(4); i > 0; i--) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + random.nextInt(1 << 20));
      int period = 1 + random.nextInt(100);
      for (int at = from + period; at < to; at++) {
        bytes[at] = bytes[at - period];
      }
    }
    if (random.nextInt(4) == 0) {
      Arrays.fill(bytes, random.nextInt(Chunker.MIN), bytes.length, (byte) 0);
    }
    return bytes;
  }

  private static int expected(byte[] bytes, long polynomial) {
    long leaving = 1;
    for (int i = 0; i < 8 * (WINDOW - 1); i++) {
      leaving = Polynomial.mod(leaving << 1, polynomial);
    }
    long hash = 0;
    for (int at = 0; at < Math.min(bytes.length, Chunker.MAX); at++) {
      if (at >= WINDOW) {
        hash ^= product(bytes[at - WINDOW] & 0xff, leaving, polynomial);
      }
      hash = Polynomial.mod(hash << 8 | (bytes[at] & 0xff), polynomial);
      if (at + 1 >= Chunker.MIN && (hash & MASK) == 0) {
        return at + 1;
      }
    }
    return bytes.length >= Chunker.MAX ? Chunker.MAX : -1;
  }

  private static long product(int b, long factor, long polynomial) {
    long product = 0;
    for (int bit = 7; bit >= 0; bit--) {
      product = Polynomial.mod(product << 1, polynomial);
      product ^= (b >> bit & 1) == 0 ? 0 : factor;
    }
    return product;
  }
}
