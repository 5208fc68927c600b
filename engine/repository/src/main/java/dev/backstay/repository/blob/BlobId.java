package dev.backstay.repository.blob;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// The SHA-256 of a blob's plain bytes, as four big-endian words.
public record BlobId(long a, long b, long c, long d) implements Comparable<BlobId> {

  /// How many bytes an id has.
  public static final int SIZE = 32;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// @param from where the 32 bytes begin
  public static BlobId of(byte[] bytes, int from) {
    return new BlobId(
        (long) WORD.get(bytes, from),
        (long) WORD.get(bytes, from + 8),
        (long) WORD.get(bytes, from + 16),
        (long) WORD.get(bytes, from + 24));
  }

  /// @throws IllegalArgumentException if it is not 64 hex characters
  public static BlobId parse(CharSequence hex) {
    if (hex.length() != 2 * SIZE) {
      throw new IllegalArgumentException("not an id: " + hex);
    }
    return new BlobId(word(hex, 0), word(hex, 16), word(hex, 32), word(hex, 48));
  }

  private static long word(CharSequence hex, int from) {
    return HexFormat.fromHexDigitsToLong(hex, from, from + 16);
  }

  /// Writes the 32 bytes.
  public void put(byte[] into, int from) {
    WORD.set(into, from, a);
    WORD.set(into, from + 8, b);
    WORD.set(into, from + 16, c);
    WORD.set(into, from + 24, d);
  }

  public byte[] bytes() {
    byte[] bytes = new byte[SIZE];
    put(bytes, 0);
    return bytes;
  }

  /// 64 lower-case hex characters.
  public String hex() {
    HexFormat format = HexFormat.of();
    return format.toHexDigits(a)
        + format.toHexDigits(b)
        + format.toHexDigits(c)
        + format.toHexDigits(d);
  }

  /// As many characters as people look at.
  public String shortHex() {
    return hex().substring(0, 8);
  }

  /// Ids are hashes already: any word will do.
  @Override
  public int hashCode() {
    return (int) d;
  }

  @Override
  public int compareTo(BlobId other) {
    int order = Long.compareUnsigned(a, other.a);
    order = order != 0 ? order : Long.compareUnsigned(b, other.b);
    order = order != 0 ? order : Long.compareUnsigned(c, other.c);
    return order != 0 ? order : Long.compareUnsigned(d, other.d);
  }

  @Override
  public String toString() {
    return hex();
  }
}
