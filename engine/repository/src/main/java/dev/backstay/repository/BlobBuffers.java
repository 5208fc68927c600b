package dev.backstay.repository;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Arrays for blobs on their way out of the repository, used again and again. Safe for use by many
/// threads.
///
/// What is lent at once has a limit, which nobody waits for: whoever has nothing on its way yet
/// gets one blob's arrays beyond it, so that a reader which rests on what it has stops no other.
final class BlobBuffers {

  private static final int SMALLEST = 64 << 10;

  private final long limit;
  private final long most;
  private final TreeMap<Integer, Deque<byte[]>> free = new TreeMap<>();
  private long lent;
  private long kept;

  /// @param limit bytes
  BlobBuffers(long limit) {
    this.limit = limit;
    // With what is lent beyond the limit: else that would be made anew each time.
    most = limit + limit / 2;
  }

  /// Whatever is lent already.
  ///
  /// @param sizes of the arrays at least
  synchronized byte[][] take(int... sizes) {
    byte[][] arrays = new byte[sizes.length][];
    for (int i = 0; i < sizes.length; i++) {
      arrays[i] = array(rounded(sizes[i]));
    }
    return arrays;
  }

  /// All of them or none.
  ///
  /// @return null if too much is lent already
  synchronized byte @Nullable [][] tryTake(int... sizes) {
    long wanted = Arrays.stream(sizes).mapToLong(BlobBuffers::rounded).sum();
    return lent + wanted <= limit ? take(sizes) : null;
  }

  /// One that is free and not more than twice as long as it need be, else a new one.
  private byte[] array(int size) {
    Map.Entry<Integer, Deque<byte[]>> next = free.ceilingEntry(size);
    byte[] array = next != null && next.getKey() <= 2L * size ? remove(next) : new byte[size];
    lent += array.length;
    while (lent + kept > most && kept > 0) {
      remove(free.firstEntry());
    }
    return array;
  }

  private byte[] remove(Map.Entry<Integer, Deque<byte[]>> some) {
    byte[] array = some.getValue().pop();
    if (some.getValue().isEmpty()) {
      free.remove(some.getKey());
    }
    kept -= array.length;
    return array;
  }

  synchronized void give(byte[] array) {
    lent -= array.length;
    if (lent + kept + array.length <= most) {
      free.computeIfAbsent(array.length, _ -> new ArrayDeque<>()).push(array);
      kept += array.length;
    }
  }

  /// Powers of two and the middle between them, so that few sizes serve all blobs.
  private static int rounded(int size) {
    if (size <= SMALLEST) {
      return SMALLEST;
    }
    int power = Integer.highestOneBit(size - 1);
    int middle = power + power / 2;
    return size <= middle ? middle : (int) Math.min(2L * power, Integer.MAX_VALUE - 8);
  }
}
