package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BlobBuffersTest {

  private static final int MIB = 1 << 20;

  private final BlobBuffers buffers = new BlobBuffers(8 * MIB);

  private byte[][] take(int size) {
    return holds(size, buffers.take(size, size));
  }

  private byte[][] tryTake(int size) {
    return holds(size, buffers.tryTake(size, size));
  }

  private static byte[][] holds(int size, byte @Nullable [][] pair) {
    assertNotNull(pair);
    assertTrue(pair[0].length >= size && pair[1].length >= size);
    return pair;
  }

  private void give(byte[][] pair) {
    buffers.give(pair[0]);
    buffers.give(pair[1]);
  }

  @Test
  void lendsUpToTheLimit() {
    tryTake(2 * MIB);
    byte[][] second = tryTake(2 * MIB);
    assertNull(buffers.tryTake(MIB, MIB));
    give(second);
    tryTake(MIB);
  }

  @Test
  void whoeverHasNothingGetsOneBeyondIt() {
    tryTake(4 * MIB);
    take(4 * MIB);
    assertNull(buffers.tryTake(1, 1));
  }

  @Test
  void usesArraysAgainForWhatFitsWell() {
    Set<byte[]> large = arrays(tryTake(2 * MIB));
    large.forEach(buffers::give);
    byte[][] next = tryTake(3 * MIB / 2);
    assertEquals(2, known(large, next));
    give(next);
    assertEquals(0, known(large, tryTake(100)));
  }

  @Test
  void keepsNoMoreThanWhatIsLentAtMost() {
    Set<byte[]> lent = arrays(tryTake(4 * MIB), take(4 * MIB));
    lent.forEach(buffers::give);
    // Three of the four make 12 MiB.
    assertEquals(3, known(lent, tryTake(4 * MIB), take(4 * MIB)));
  }

  private static Set<byte[]> arrays(byte[][]... pairs) {
    Set<byte[]> all = Collections.newSetFromMap(new IdentityHashMap<>());
    for (byte[][] pair : pairs) {
      all.addAll(List.of(pair));
    }
    return all;
  }

  private static long known(Set<byte[]> before, byte[][]... pairs) {
    return arrays(pairs).stream().filter(before::contains).count();
  }

  @Test
  void sizesAtTheEdges() {
    take(0);
    take(1);
    take(64 << 10);
    take((64 << 10) + 1);
    take(MIB);
    take(MIB + 1);
    take(8 * MIB + 32);
  }
}
