package dev.backstay.repository.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Lower-case hex digits, eight at a time.
public final class Hex {

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long ONES = 0x0101010101010101L;

  private Hex() {}

  /// Whether 64 digits stand there; anything else is left to a reader that says what is wrong.
  public static boolean isId(byte[] text, int at, int end) {
    if (at + 64 > end) {
      return false;
    }
    long wrong = 0;
    for (int i = 0; i < 64; i += 8) {
      long digits = (long) WORD.get(text, at + i);
      wrong |= digits ^ characters(values(digits));
    }
    return wrong == 0;
  }

  /// The word that 16 digits write.
  public static long word(byte[] text, int at) {
    return half(values((long) WORD.get(text, at))) << 32
        | half(values((long) WORD.get(text, at + 8)));
  }

  /// Each byte from a digit to its value; of no use if it is no digit, which [#characters] shows.
  private static long values(long digits) {
    long letters = digits >>> 6 & ONES;
    return (digits & 0x0f0f0f0f0f0f0f0fL) + letters * 9 & 0x0f0f0f0f0f0f0f0fL;
  }

  private static long characters(long values) {
    long letters = (values + 0x0606060606060606L) >>> 4 & ONES;
    return values + 0x3030303030303030L + letters * 0x27;
  }

  private static long half(long values) {
    long pairs = (values | values >>> 4) & 0x00ff00ff00ff00ffL;
    long quads = (pairs | pairs >>> 8) & 0x0000ffff0000ffffL;
    return (quads | quads >>> 16) & 0xffffffffL;
  }
}
