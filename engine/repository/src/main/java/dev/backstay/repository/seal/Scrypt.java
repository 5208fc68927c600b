package dev.backstay.repository.seal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// scrypt (RFC 7914) whose `p` lanes are computed by several threads.
public final class Scrypt {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private Scrypt() {}

  /// @param cost N, a power of two
  /// @param r block size
  /// @param p lanes
  /// @param size bytes wanted
  public static byte[] derive(byte[] password, byte[] salt, int cost, int r, int p, int size) {
    int lane = 128 * r;
    byte[] blocks = pbkdf2(password, salt, p * lane);
    IntStream.range(0, p).parallel().forEach(i -> mix(blocks, i * lane, cost, r));
    byte[] key = pbkdf2(password, blocks, size);
    Arrays.fill(blocks, (byte) 0);
    return key;
  }

  /// PBKDF2-HMAC-SHA256 with one iteration.
  private static byte[] pbkdf2(byte[] password, byte[] salt, int size) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // HMAC pads its key with zeros, so one zero is the same as none, which JCE refuses.
      mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, "HmacSHA256"));
      byte[] out = new byte[size];
      for (int block = 1, at = 0; at < size; block++) {
        mac.update(salt);
        mac.update(
            new byte[] {
              (byte) (block >>> 24), (byte) (block >>> 16), (byte) (block >>> 8), (byte) block
            });
        byte[] part = mac.doFinal();
        int length = Math.min(part.length, size - at);
        System.arraycopy(part, 0, out, at, length);
        at += length;
      }
      return out;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HMAC-SHA256", e);
    }
  }

  /// ROMix of one lane, in place.
  private static void mix(byte[] blocks, int from, int cost, int r) {
    int words = 32 * r;
    int[] x = new int[words];
    for (int i = 0; i < words; i++) {
      x[i] = (int) INT.get(blocks, from + 4 * i);
    }
    // One array: thousands of small ones would be copied about by the garbage collector.
    int[] v = new int[cost * words];
    int[] y = new int[words];
    int[] block = new int[16];
    for (int i = 0; i < cost; i++) {
      System.arraycopy(x, 0, v, i * words, words);
      blockMix(x, y, block, r);
      int[] swap = x;
      x = y;
      y = swap;
    }
    for (int i = 0; i < cost; i++) {
      int chosen = (x[words - 16] & (cost - 1)) * words;
      for (int k = 0; k < words; k++) {
        x[k] ^= v[chosen + k];
      }
      blockMix(x, y, block, r);
      int[] swap = x;
      x = y;
      y = swap;
    }
    for (int i = 0; i < words; i++) {
      INT.set(blocks, from + 4 * i, x[i]);
    }
  }

  /// Salsa20/8 over `2r` blocks of 64 bytes; even results go to the front, odd ones to the back.
  private static void blockMix(int[] in, int[] out, int[] x, int r) {
    System.arraycopy(in, in.length - 16, x, 0, 16);
    for (int i = 0; i < 2 * r; i++) {
      for (int k = 0; k < 16; k++) {
        x[k] ^= in[16 * i + k];
      }
      salsa(x);
      System.arraycopy(x, 0, out, 16 * (i / 2 + (i & 1) * r), 16);
    }
  }

  private static void salsa(int[] b) {
    int x0 = b[0], x1 = b[1], x2 = b[2], x3 = b[3], x4 = b[4], x5 = b[5], x6 = b[6], x7 = b[7];
    int x8 = b[8], x9 = b[9], x10 = b[10], x11 = b[11];
    int x12 = b[12], x13 = b[13], x14 = b[14], x15 = b[15];
    for (int round = 0; round < 4; round++) {
      x4 ^= Integer.rotateLeft(x0 + x12, 7);
      x8 ^= Integer.rotateLeft(x4 + x0, 9);
      x12 ^= Integer.rotateLeft(x8 + x4, 13);
      x0 ^= Integer.rotateLeft(x12 + x8, 18);
      x9 ^= Integer.rotateLeft(x5 + x1, 7);
      x13 ^= Integer.rotateLeft(x9 + x5, 9);
      x1 ^= Integer.rotateLeft(x13 + x9, 13);
      x5 ^= Integer.rotateLeft(x1 + x13, 18);
      x14 ^= Integer.rotateLeft(x10 + x6, 7);
      x2 ^= Integer.rotateLeft(x14 + x10, 9);
      x6 ^= Integer.rotateLeft(x2 + x14, 13);
      x10 ^= Integer.rotateLeft(x6 + x2, 18);
      x3 ^= Integer.rotateLeft(x15 + x11, 7);
      x7 ^= Integer.rotateLeft(x3 + x15, 9);
      x11 ^= Integer.rotateLeft(x7 + x3, 13);
      x15 ^= Integer.rotateLeft(x11 + x7, 18);
      x1 ^= Integer.rotateLeft(x0 + x3, 7);
      x2 ^= Integer.rotateLeft(x1 + x0, 9);
      x3 ^= Integer.rotateLeft(x2 + x1, 13);
      x0 ^= Integer.rotateLeft(x3 + x2, 18);
      x6 ^= Integer.rotateLeft(x5 + x4, 7);
      x7 ^= Integer.rotateLeft(x6 + x5, 9);
      x4 ^= Integer.rotateLeft(x7 + x6, 13);
      x5 ^= Integer.rotateLeft(x4 + x7, 18);
      x11 ^= Integer.rotateLeft(x10 + x9, 7);
      x8 ^= Integer.rotateLeft(x11 + x10, 9);
      x9 ^= Integer.rotateLeft(x8 + x11, 13);
      x10 ^= Integer.rotateLeft(x9 + x8, 18);
      x12 ^= Integer.rotateLeft(x15 + x14, 7);
      x13 ^= Integer.rotateLeft(x12 + x15, 9);
      x14 ^= Integer.rotateLeft(x13 + x12, 13);
      x15 ^= Integer.rotateLeft(x14 + x13, 18);
    }
    b[0] += x0;
    b[1] += x1;
    b[2] += x2;
    b[3] += x3;
    b[4] += x4;
    b[5] += x5;
    b[6] += x6;
    b[7] += x7;
    b[8] += x8;
    b[9] += x9;
    b[10] += x10;
    b[11] += x11;
    b[12] += x12;
    b[13] += x13;
    b[14] += x14;
    b[15] += x15;
  }
}
