package dev.backstay.repository.chunk;

/// Finds restic's cut points: a Rabin fingerprint of the last 64 bytes; a cut where its low 20 bits
/// are zero; 512 KiB to 8 MiB (restic/chunker `chunker.go`). Immutable; may be shared.
public final class Chunker {

  public static final int MIN = 512 << 10;
  public static final int MAX = 8 << 20;

  private static final int WINDOW = 64;

  // A constant, because the distance between the lanes must be one: half as fast otherwise.
  private static final int LANE = 8 << 10;

  /// What is scanned at once: callers that hand over multiples of it are served fastest.
  public static final int BLOCK = 3 * LANE;

  // A fingerprint is kept in the upper 53 bits of a long: its first byte is an index as it is, and
  // shifting drops it.
  private static final int UP = 64 - Polynomial.DEGREE;
  private static final int TOP = 56;
  private static final long CUT = ((1L << 20) - 1) << UP;

  // For each byte: first what it leaves when it is shifted out at the top, then what it has to be
  // taken out with when it leaves the window.
  private static final int LEAVING = 256;
  private final long[] tables = new long[512];

  /// @param polynomial irreducible, of degree 53
  public Chunker(long polynomial) {
    for (int b = 0; b < 256; b++) {
      tables[b] = Polynomial.mod((long) b << Polynomial.DEGREE, polynomial) << UP;
      long hash = b;
      for (int i = 0; i < WINDOW; i++) {
        hash = Polynomial.mod(hash << 8, polynomial);
      }
      tables[LEAVING + b] = hash << UP;
    }
  }

  /// Looks for the end of a chunk that begins at the start of an array.
  ///
  /// @param chunk bytes from the beginning of the chunk
  /// @param scanned up to where a former call looked without finding one; 0 at first
  /// @param length how many bytes there are by now
  /// @return where the chunk ends, or -1 if more bytes are needed
  public int cut(byte[] chunk, int scanned, int length) {
    int found = first(chunk, start(scanned), Math.min(length, MAX));
    return found >= 0 ? found : length >= MAX ? MAX : -1;
  }

  /// The first place for a cut is behind the MINth byte; a hash depends on 64 bytes only.
  static int start(int scanned) {
    return Math.max(MIN - 1, scanned);
  }

  /// The end of a chunk behind one of these bytes, or -1.
  ///
  /// @param from at least 64
  int first(byte[] chunk, int from, int end) {
    int at = from;
    for (; end - at >= BLOCK; at += BLOCK) {
      if (hasCut(chunk, at)) {
        return find(chunk, at, at + BLOCK);
      }
    }
    return find(chunk, at, end);
  }

  /// Whether there is a cut behind one of the bytes of a block. Three stretches at once: a hash
  /// waits for its table, so that three keep a core busy. Bit-identical, because a cut depends on
  /// the last 64 bytes only.
  private boolean hasCut(byte[] chunk, int from) {
    // A copy whose length the compiler knows, so that it leaves out the checks of the indices.
    final long[] table = new long[2 * LEAVING];
    System.arraycopy(tables, 0, table, 0, 2 * LEAVING);
    long h0 = 0;
    long h1 = 0;
    long h2 = 0;
    for (int i = from - WINDOW; i < from; i++) {
      h0 = append(table, h0, chunk[i]);
      h1 = append(table, h1, chunk[i + LANE]);
      h2 = append(table, h2, chunk[i + 2 * LANE]);
    }
    for (int i = from, end = from + LANE; i < end; i++) {
      h0 = append(table, h0, chunk[i]) ^ leaving(table, chunk[i - WINDOW]);
      h1 = append(table, h1, chunk[i + LANE]) ^ leaving(table, chunk[i + LANE - WINDOW]);
      h2 = append(table, h2, chunk[i + 2 * LANE]) ^ leaving(table, chunk[i + 2 * LANE - WINDOW]);
      if ((h0 & CUT) == 0 || (h1 & CUT) == 0 || (h2 & CUT) == 0) {
        return true;
      }
    }
    return false;
  }

  /// The length of the chunk that ends behind one of these bytes, or -1.
  private int find(byte[] chunk, int from, int end) {
    if (from >= end) {
      return -1;
    }
    final long[] table = tables;
    long hash = 0;
    for (int i = from - WINDOW; i < from; i++) {
      hash = append(table, hash, chunk[i]);
    }
    for (int i = from; i < end; i++) {
      hash = append(table, hash, chunk[i]) ^ leaving(table, chunk[i - WINDOW]);
      if ((hash & CUT) == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private static long append(long[] table, long hash, byte next) {
    return hash << 8 ^ (next & 0xffL) << UP ^ table[(int) (hash >>> TOP)];
  }

  private static long leaving(long[] table, byte last) {
    return table[LEAVING + (last & 0xff)];
  }
}
