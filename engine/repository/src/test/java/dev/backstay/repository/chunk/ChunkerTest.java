package dev.backstay.repository.chunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChunkerTest {

  static final long POLYNOMIAL = 0x3DA3358B4DC173L;

  /// 48 MiB of xorshift64 with 11 MiB of zeros in them.
  static byte[] sample() {
    byte[] bytes = new byte[48 << 20];
    ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long x = 88172645463325252L;
    while (out.hasRemaining()) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
      out.putLong(x);
    }
    Arrays.fill(bytes, 20 << 20, 31 << 20, (byte) 0);
    return bytes;
  }

  /// What `github.com/restic/chunker` 0.4.0 makes of the same bytes.
  @Test
  void cutsWhereResticCuts() throws Exception {
    List<String> golden;
    try (var in =
        new BufferedReader(
            new InputStreamReader(
                ChunkerTest.class.getResourceAsStream("chunker-0.4.0.txt"),
                StandardCharsets.UTF_8))) {
      golden = in.lines().toList();
    }
    byte[] bytes = sample();
    assertEquals(golden, cutWhole(bytes));
    for (int piece : new int[] {1 << 20, 100_003, 65_536, 300}) {
      assertEquals(golden, cutInPieces(bytes, piece), "pieces of " + piece);
    }
  }

  private static List<String> cutWhole(byte[] bytes) throws Exception {
    Chunker chunker = new Chunker(POLYNOMIAL);
    List<String> chunks = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      byte[] rest = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + Chunker.MAX));
      int cut = chunker.cut(rest, 0, rest.length);
      cut = cut < 0 ? rest.length : cut;
      chunks.add(line(bytes, at, cut));
      at += cut;
    }
    return chunks;
  }

  private static List<String> cutInPieces(byte[] bytes, int piece) throws Exception {
    Chunker chunker = new Chunker(POLYNOMIAL);
    List<String> chunks = new ArrayList<>();
    for (int at = 0; at < bytes.length; ) {
      byte[] buffer = new byte[Chunker.MAX];
      int cut = -1;
      int filled = 0;
      while (cut < 0 && at + filled < bytes.length) {
        int scanned = filled;
        int more = Math.min(Math.min(piece, buffer.length - filled), bytes.length - at - filled);
        System.arraycopy(bytes, at + filled, buffer, filled, more);
        filled += more;
        cut = chunker.cut(buffer, scanned, filled);
      }
      cut = cut < 0 ? filled : cut;
      chunks.add(line(bytes, at, cut));
      at += cut;
    }
    return chunks;
  }

  private static String line(byte[] bytes, int at, int length) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes, at, length);
    return length + " " + HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void polynomialsAreIrreducible() {
    assertTrue(Polynomial.irreducible(POLYNOMIAL));
    assertFalse(Polynomial.irreducible(POLYNOMIAL ^ 1));
    assertFalse(Polynomial.irreducible(0));
    SecureRandom random = new SecureRandom();
    for (int i = 0; i < 3; i++) {
      assertEquals(53, Polynomial.degree(Polynomial.random(random)));
    }
  }
}
