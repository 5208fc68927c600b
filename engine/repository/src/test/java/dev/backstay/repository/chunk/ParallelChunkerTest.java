package dev.backstay.repository.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelChunkerTest {

  private static final Chunker ALONE = new Chunker(ChunkerTest.POLYNOMIAL);

  @FunctionalInterface
  private interface Cuts {
    int cut(byte[] chunk, int scanned, int length);
  }

  /// As a file is read: up to the least chunk first, then a piece at a time.
  private static List<Integer> cuts(Cuts cuts, byte[] bytes, int piece) {
    List<Integer> all = new ArrayList<>();
    byte[] buffer = new byte[Chunker.MAX];
    for (int at = 0; at < bytes.length; ) {
      int filled = 0;
      int cut = -1;
      while (cut < 0 && at + filled < bytes.length) {
        int next = filled < Chunker.MIN ? Chunker.MIN : Math.min(filled + piece, Chunker.MAX);
        int more = Math.min(next - filled, bytes.length - at - filled);
        System.arraycopy(bytes, at + filled, buffer, filled, more);
        cut = cuts.cut(buffer, filled, filled + more);
        filled += more;
      }
      at += cut < 0 ? filled : cut;
      all.add(at);
    }
    return all;
  }

  private static byte[] random(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 30})
  void cutsWhereOneAloneCuts(int helpers) {
    byte[] bytes = ChunkerTest.sample();
    List<Integer> golden = cuts(ALONE::cut, bytes, 1 << 20);
    try (ParallelChunker chunker = new ParallelChunker(ALONE, helpers)) {
      for (int piece : new int[] {chunker.piece(), 1 << 20, 4 << 20, 8 << 20, 100_003}) {
        assertEquals(golden, cuts(chunker::cut, bytes, piece), "pieces of " + piece);
      }
    }
  }

  /// Cuts that lie close together, each in another stretch: the first one counts.
  @Test
  void theFirstOfManyCuts() {
    byte[] some = random(1, 32 << 20);
    int cut = ALONE.cut(some, 0, Chunker.MAX);
    byte[] before = Arrays.copyOfRange(some, cut - 64, cut);
    Random random = new Random(2);
    try (ParallelChunker chunker = new ParallelChunker(ALONE, 5)) {
      for (int i = 0; i < 30; i++) {
        byte[] bytes = random(100 + i, Chunker.MAX);
        for (int n = random.nextInt(60); n > 0; n--) {
          System.arraycopy(before, 0, bytes, random.nextInt(bytes.length - 64), 64);
        }
        assertEquals(
            ALONE.cut(bytes, 0, bytes.length), chunker.cut(bytes, 0, bytes.length), "round " + i);
      }
    }
  }

  @Test
  void manyFilesAtOnce() {
    try (ParallelChunker chunker = new ParallelChunker(ALONE, 3)) {
      IntStream.range(0, 24)
          .parallel()
          .forEach(i -> {
            byte[] bytes = random(i, 6 << 20);
            assertEquals(
                cuts(ALONE::cut, bytes, 1 << 20), cuts(chunker::cut, bytes, chunker.piece()));
          });
    }
  }

  @Test
  void piecesGrowWithTheThreadsUpToTheLeastChunk() {
    int last = 0;
    for (int helpers : new int[] {0, 2, 4, 62}) {
      try (ParallelChunker chunker = new ParallelChunker(ALONE, helpers)) {
        assertTrue(chunker.piece() >= last && chunker.piece() <= Chunker.MIN);
        last = chunker.piece();
      }
    }
    assertEquals(Chunker.MIN, last);
  }
}
