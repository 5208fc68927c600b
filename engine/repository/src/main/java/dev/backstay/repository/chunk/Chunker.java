package dev.backstay.repository.chunk;

/// Finds restic's cut points: a Rabin fingerprint of the last 64 bytes; a cut where its low 20 bits
/// are zero; 512 KiB to 8 MiB (restic/chunker `chunker.go`). Immutable; may be shared.
public final class Chunker {

  public static final int MIN = 512 << 10;
  public static final int MAX = 8 << 20;

  private static final int WINDOW = 64;
  private static final int LANES = 4;
  private static final int MASK = (1 << 20) - 1;
  private static final int SHIFT = Polynomial.DEGREE - 8;

  private final long[] out = new long[256];
  private final long[] mod = new long[256];

  /// @param polynomial irreducible, of degree 53
  public Chunker(long polynomial) {
    for (int b = 0; b < 256; b++) {
      long hash = append(0, b, polynomial);
      for (int i = 1; i < WINDOW; i++) {
        hash = append(hash, 0, polynomial);
      }
      out[b] = hash;
      long high = (long) b << Polynomial.DEGREE;
      mod[b] = Polynomial.mod(high, polynomial) | high;
    }
  }

  private static long append(long hash, int b, long polynomial) {
    return Polynomial.mod(hash << 8 | b, polynomial);
  }

  /// Looks for the end of a chunk that begins at the start of an array.
  ///
  /// @param chunk bytes from the beginning of the chunk
  /// @param scanned up to where a former call looked without finding one; 0 at first
  /// @param length how many bytes there are by now
  /// @return where the chunk ends, or -1 if more bytes are needed
  public int cut(byte[] chunk, int scanned, int length) {
    int end = Math.min(length, MAX);
    // The first place for a cut is behind the MINth byte; a hash depends on 64 bytes only.
    int from = Math.max(MIN, scanned + 1);
    if (from <= end) {
      int found = scan(chunk, from, end);
      if (found >= 0) {
        return found;
      }
    }
    return length >= MAX ? MAX : -1;
  }

  /// The first length from `from` to `end` at which there is a cut, or -1.
  private int scan(byte[] chunk, int from, int end) {
    int quarter = (end - from + 1) / LANES;
    if (quarter < WINDOW * 8) {
      return lane(chunk, from, end);
    }
    int found = lanes(chunk, from, quarter);
    return found >= 0 ? found : lane(chunk, from + quarter * LANES, end);
  }

  private long warm(byte[] chunk, int from) {
    long hash = 0;
    for (int i = from - WINDOW; i < from - 1; i++) {
      hash = step(mod, hash, chunk[i]);
    }
    return hash;
  }

  private int lane(byte[] chunk, int from, int end) {
    if (from > end) {
      return -1;
    }
    final long[] mods = mod;
    final long[] outs = out;
    // 63 bytes are in the hash: the byte that leaves first is none.
    long hash = warm(chunk, from);
    hash = step(mods, hash, chunk[from - 1]);
    if ((hash & MASK) == 0) {
      return from;
    }
    for (int i = from; i < end; i++) {
      hash = step(mods, hash ^ outs[chunk[i - WINDOW] & 0xff], chunk[i]);
      if ((hash & MASK) == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  /// Four stretches of the same length at once: a hash waits for its table, so four keep a core
  /// busy. Bit-identical, because a cut depends on the last 64 bytes only.
  private int lanes(byte[] chunk, int from, int quarter) {
    final long[] mods = mod;
    final long[] outs = out;
    int at0 = from;
    int at1 = from + quarter;
    int at2 = at1 + quarter;
    int at3 = at2 + quarter;
    long h0 = step(mods, warm(chunk, at0), chunk[at0 - 1]);
    long h1 = step(mods, warm(chunk, at1), chunk[at1 - 1]);
    long h2 = step(mods, warm(chunk, at2), chunk[at2 - 1]);
    long h3 = step(mods, warm(chunk, at3), chunk[at3 - 1]);
    int first1 = -1;
    int first2 = -1;
    int first3 = -1;
    for (int i = 0; ; i++) {
      if ((h0 & MASK) == 0) {
        return at0 + i;
      }
      if ((h1 & MASK) == 0 && first1 < 0) {
        first1 = at1 + i;
      }
      if ((h2 & MASK) == 0 && first2 < 0) {
        first2 = at2 + i;
      }
      if ((h3 & MASK) == 0 && first3 < 0) {
        first3 = at3 + i;
      }
      if (i == quarter - 1) {
        break;
      }
      int back = i - WINDOW;
      h0 = step(mods, h0 ^ outs[chunk[at0 + back] & 0xff], chunk[at0 + i]);
      h1 = step(mods, h1 ^ outs[chunk[at1 + back] & 0xff], chunk[at1 + i]);
      h2 = step(mods, h2 ^ outs[chunk[at2 + back] & 0xff], chunk[at2 + i]);
      h3 = step(mods, h3 ^ outs[chunk[at3 + back] & 0xff], chunk[at3 + i]);
    }
    return first1 >= 0 ? first1 : first2 >= 0 ? first2 : first3;
  }

  private static long step(long[] mods, long hash, byte next) {
    long shifted = hash << 8 | (next & 0xff);
    return shifted ^ mods[(int) (hash >>> SHIFT) & 0xff];
  }
}
