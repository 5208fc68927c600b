package dev.backstay.repository.seal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Poly1305 over one message (D. J. Bernstein, "The Poly1305-AES message-authentication code").
///
/// Numbers modulo 2^130-5 are held in limbs of 44, 44 and 42 bits. A product of two limbs has up to
/// 94 bits: its part above bit 44 comes from `multiplyHigh` of both factors shifted by ten bits, so
/// that no carry has to be looked for.
final class Poly1305 {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long M44 = (1L << 44) - 1;
  private static final long M42 = (1L << 42) - 1;
  private static final int BLOCK = 16;

  private Poly1305() {}

  /// Writes the 16 bytes of the MAC.
  ///
  /// @param r the multiplier, 16 bytes, clamped here
  /// @param s what is added at the end, 16 bytes
  static void mac(byte[] r, byte[] s, byte[] message, int from, int length, byte[] out, int to) {
    long low = (long) LONG.get(r, 0) & 0x0ffffffc0fffffffL;
    long high = (long) LONG.get(r, 8) & 0x0ffffffc0ffffffcL;
    long[] h = new long[3];
    long[] key = {low & M44, (low >>> 44 | high << 20) & M44, high >>> 24};
    int whole = length & -BLOCK;
    blocks(h, key, message, from, whole, 1L << 40);
    if (whole < length) {
      byte[] rest = new byte[BLOCK];
      System.arraycopy(message, from + whole, rest, 0, length - whole);
      rest[length - whole] = 1;
      blocks(h, key, rest, 0, BLOCK, 0);
    }
    finish(h, s, out, to);
  }

  /// @param above the bit that stands above a whole block
  private static void blocks(
      long[] h, long[] key, byte[] message, int from, int length, long above) {
    long h0 = h[0];
    long h1 = h[1];
    long h2 = h[2];
    final long r0 = key[0];
    final long r1 = key[1];
    final long r2 = key[2];
    // 2^132 = 20 modulo 2^130-5 * 4: limbs that overflow come back times 20.
    final long s1 = r1 * 20;
    final long s2 = r2 * 20;
    final long r0x = r0 << 10;
    final long r1x = r1 << 10;
    final long r2x = r2 << 10;
    final long s1x = s1 << 10;
    final long s2x = s2 << 10;
    for (int at = from, end = from + length; at < end; at += BLOCK) {
      long t0 = (long) LONG.get(message, at);
      long t1 = (long) LONG.get(message, at + 8);
      h0 += t0 & M44;
      h1 += (t0 >>> 44 | t1 << 20) & M44;
      h2 += t1 >>> 24 | above;
      long h0x = h0 << 10;
      long h1x = h1 << 10;
      long h2x = h2 << 10;
      long d0 = (h0 * r0 & M44) + (h1 * s2 & M44) + (h2 * s1 & M44);
      long c0 =
          Math.multiplyHigh(h0x, r0x) + Math.multiplyHigh(h1x, s2x) + Math.multiplyHigh(h2x, s1x);
      long d1 = (h0 * r1 & M44) + (h1 * r0 & M44) + (h2 * s2 & M44);
      long c1 =
          Math.multiplyHigh(h0x, r1x) + Math.multiplyHigh(h1x, r0x) + Math.multiplyHigh(h2x, s2x);
      long d2 = (h0 * r2 & M44) + (h1 * r1 & M44) + (h2 * r0 & M44);
      long c2 =
          Math.multiplyHigh(h0x, r2x) + Math.multiplyHigh(h1x, r1x) + Math.multiplyHigh(h2x, r0x);
      d1 += c0 + (d0 >>> 44);
      h0 = d0 & M44;
      d2 += c1 + (d1 >>> 44);
      h1 = d1 & M44;
      // The third limb ends at 42 bits, so what is above counts four times.
      long carry = (c2 << 2) + (d2 >>> 42);
      h2 = d2 & M42;
      h0 += carry * 5;
      h1 += h0 >>> 44;
      h0 &= M44;
    }
    h[0] = h0;
    h[1] = h1;
    h[2] = h2;
  }

  private static void finish(long[] h, byte[] s, byte[] out, int to) {
    long h0 = h[0];
    long h1 = h[1];
    long h2 = h[2];
    for (int i = 0; i < 2; i++) {
      h2 += h1 >>> 44;
      h1 &= M44;
      h0 += (h2 >>> 42) * 5;
      h2 &= M42;
      h1 += h0 >>> 44;
      h0 &= M44;
    }
    h2 += h1 >>> 44;
    h1 &= M44;
    long g0 = h0 + 5;
    long g1 = h1 + (g0 >>> 44);
    long g2 = h2 + (g1 >>> 44) - (1L << 42);
    // All ones if h was smaller than the modulus and stays; no branch on secrets.
    long keep = g2 >> 63;
    h0 = (h0 & keep) | (g0 & M44 & ~keep);
    h1 = (h1 & keep) | (g1 & M44 & ~keep);
    h2 = (h2 & keep) | (g2 & ~keep);
    long low = h0 | h1 << 44;
    long high = h1 >>> 20 | h2 << 24;
    long sum = low + (long) LONG.get(s, 0);
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    LONG.set(out, to, sum);
    LONG.set(out, to + 8, high + (long) LONG.get(s, 8) + carry);
  }
}
