package dev.backstay.repository.seal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals and opens: `IV(16) || AES-256-CTR ciphertext || Poly1305-AES MAC(16)` (restic
/// `doc/design.rst`, "Keys, Encryption and MAC"). Keeps ciphers: one per thread.
public final class Sealer {

  /// How much longer sealed bytes are.
  public static final int OVERHEAD = 32;

  private static final int IV = 16;
  private static final int MAC = 16;

  // The cipher's inner loop is compiled by how often it is called, not by how long it runs: whole
  // blobs of megabytes would be sealed by an interpreter for the first gigabyte, pieces of 16 KiB
  // for the first hundred megabytes. A call costs nothing beside 1 KiB.
  private static final int PIECE = 1 << 10;

  private final SecretKeySpec key;
  private final Cipher stream;
  private final Cipher one;
  private final byte[] r;
  private final SecureRandom random;
  private final OneTimeMac macs;
  private final byte[] iv = new byte[IV];
  private final byte[] nonces = new byte[64 * IV];
  private int drawn = nonces.length;
  private final byte[] once = new byte[MAC];
  private final byte[] mac = new byte[MAC];

  public Sealer(MasterKey master, SecureRandom random) {
    this(master, random, OneTimeMac.FASTEST);
  }

  Sealer(MasterKey master, SecureRandom random, OneTimeMac macs) {
    this.random = random;
    this.macs = macs;
    this.r = master.macR();
    try {
      key = new SecretKeySpec(master.encrypt(), "AES");
      stream = Cipher.getInstance("AES/CTR/NoPadding");
      // One block only, so no mode is needed: the Poly1305-AES construction.
      one = Cipher.getInstance("AES/ECB/NoPadding");
      one.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(master.macK(), "AES"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no AES", e);
    }
  }

  /// Seals into another array.
  ///
  /// @return how many bytes were written: `length + OVERHEAD`
  public int seal(byte[] plain, int from, int length, byte[] out, int to) {
    do {
      nextNonce();
    } while (isZero(iv));
    return seal(iv, plain, from, length, out, to);
  }

  /// Drawn many at a time: the system's generator is behind one lock for all threads.
  private void nextNonce() {
    if (drawn == nonces.length) {
      random.nextBytes(nonces);
      drawn = 0;
    }
    System.arraycopy(nonces, drawn, iv, 0, IV);
    drawn += IV;
  }

  int seal(byte[] nonce, byte[] plain, int from, int length, byte[] out, int to) {
    try {
      System.arraycopy(nonce, 0, out, to, IV);
      crypt(Cipher.ENCRYPT_MODE, nonce, plain, from, length, out, to + IV);
      one.doFinal(nonce, 0, IV, once, 0);
      macs.mac(r, once, out, to + IV, length, out, to + IV + length);
      return length + OVERHEAD;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  public byte[] seal(byte[] plain) {
    byte[] out = new byte[plain.length + OVERHEAD];
    seal(plain, 0, plain.length, out, 0);
    return out;
  }

  /// Verifies the MAC, then decrypts.
  ///
  /// @return how many bytes were written, or -1 if the MAC does not hold
  public int open(byte[] sealed, int from, int length, byte[] out, int to) {
    int plain = length - OVERHEAD;
    if (plain < 0) {
      return -1;
    }
    System.arraycopy(sealed, from, iv, 0, IV);
    try {
      one.doFinal(iv, 0, IV, once, 0);
      macs.mac(r, once, sealed, from + IV, plain, mac, 0);
      int at = from + IV + plain;
      if (isZero(iv) || !MessageDigest.isEqual(mac, Arrays.copyOfRange(sealed, at, at + MAC))) {
        return -1;
      }
      crypt(Cipher.DECRYPT_MODE, iv, sealed, from + IV, plain, out, to);
      return plain;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening failed", e);
    }
  }

  private void crypt(int mode, byte[] nonce, byte[] in, int from, int length, byte[] out, int to)
      throws GeneralSecurityException {
    if (length == 0) {
      return;
    }
    stream.init(mode, key, new IvParameterSpec(nonce));
    int done = 0;
    for (; length - done > PIECE; done += PIECE) {
      stream.update(in, from + done, PIECE, out, to + done);
    }
    stream.doFinal(in, from + done, length - done, out, to + done);
  }

  private static boolean isZero(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all == 0;
  }
}
