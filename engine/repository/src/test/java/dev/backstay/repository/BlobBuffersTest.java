package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BlobBuffersTest {

  private static final int MIB = 1 << 20;

  private final BlobBuffers buffers = new BlobBuffers(8 * MIB);

  private BlobBuffers.Pair take(int size, boolean must) {
    BlobBuffers.Pair pair = buffers.take(size, size, must);
    assertNotNull(pair);
    assertTrue(pair.sealed().length >= size && pair.plain().length >= size);
    return pair;
  }

  private void give(BlobBuffers.Pair pair) {
    buffers.give(pair.sealed());
    buffers.give(pair.plain());
  }

  @Test
  void lendsUpToTheLimit() {
    take(2 * MIB, false);
    BlobBuffers.Pair second = take(2 * MIB, false);
    assertNull(buffers.take(MIB, MIB, false));
    give(second);
    take(MIB, false);
  }

  @Test
  void whoeverHasNothingGetsOneBeyondIt() {
    take(4 * MIB, false);
    take(4 * MIB, true);
    assertNull(buffers.take(1, 1, false));
  }

  @Test
  void usesArraysAgainForWhatFitsWell() {
    Set<byte[]> large = arrays(take(2 * MIB, false));
    large.forEach(buffers::give);
    BlobBuffers.Pair next = take(3 * MIB / 2, false);
    assertEquals(2, known(large, next));
    give(next);
    assertEquals(0, known(large, take(100, false)));
  }

  @Test
  void keepsNoMoreThanWhatIsLentAtMost() {
    Set<byte[]> lent = arrays(take(4 * MIB, false), take(4 * MIB, true));
    lent.forEach(buffers::give);
    // Three of the four make 12 MiB.
    assertEquals(3, known(lent, take(4 * MIB, false), take(4 * MIB, true)));
  }

  private static Set<byte[]> arrays(BlobBuffers.Pair... pairs) {
    Set<byte[]> all = Collections.newSetFromMap(new IdentityHashMap<>());
    for (BlobBuffers.Pair pair : pairs) {
      all.add(pair.sealed());
      all.add(pair.plain());
    }
    return all;
  }

  private static long known(Set<byte[]> before, BlobBuffers.Pair... pairs) {
    return arrays(pairs).stream().filter(before::contains).count();
  }

  @Test
  void sizesAtTheEdges() {
    take(0, true);
    take(1, true);
    take(64 << 10, true);
    take((64 << 10) + 1, true);
    take(MIB, true);
    take(MIB + 1, true);
    take(8 * MIB + 32, true);
  }
}
