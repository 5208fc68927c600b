package dev.backstay.repository.seal;

import dev.backstay.model.DamagedException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What seals everything: an AES-256 key and the two halves of a Poly1305-AES key.
public final class MasterKey {

  public static final int ENCRYPT_SIZE = 32;
  public static final int MAC_SIZE = 16;

  private final byte[] encrypt;
  private final byte[] macK;
  private final byte[] macR;

  /// @param encrypt AES-256 key, taken over
  /// @param macK AES-128 key of Poly1305-AES, taken over
  /// @param macR multiplier of Poly1305-AES, not clamped, taken over
  public MasterKey(byte[] encrypt, byte[] macK, byte[] macR) {
    if (encrypt.length != ENCRYPT_SIZE || macK.length != MAC_SIZE || macR.length != MAC_SIZE) {
      throw damaged();
    }
    if (zero(encrypt) || zero(macK) || zero(macR)) {
      throw damaged();
    }
    this.encrypt = encrypt;
    this.macK = macK;
    this.macR = macR;
  }

  public static MasterKey random(SecureRandom random) {
    byte[] bytes = new byte[ENCRYPT_SIZE + 2 * MAC_SIZE];
    random.nextBytes(bytes);
    return of(bytes);
  }

  /// @param bytes 64 of them: encryption key, k, r
  public static MasterKey of(byte[] bytes) {
    return new MasterKey(
        Arrays.copyOf(bytes, ENCRYPT_SIZE),
        Arrays.copyOfRange(bytes, ENCRYPT_SIZE, ENCRYPT_SIZE + MAC_SIZE),
        Arrays.copyOfRange(bytes, ENCRYPT_SIZE + MAC_SIZE, ENCRYPT_SIZE + 2 * MAC_SIZE));
  }

  /// A copy.
  public byte[] encrypt() {
    return encrypt.clone();
  }

  /// A copy.
  public byte[] macK() {
    return macK.clone();
  }

  /// A copy.
  public byte[] macR() {
    return macR.clone();
  }

  private static boolean zero(byte[] bytes) {
    int all = 0;
    for (byte b : bytes) {
      all |= b;
    }
    return all == 0;
  }

  private static DamagedException damaged() {
    return new DamagedException(
        "repository.key-damaged",
        "the master key in the key file is not a key",
        "restore the keys folder of the repository from a copy");
  }

  /// Takes the same time whatever the keys hold.
  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof MasterKey key)) {
      return false;
    }
    boolean same = MessageDigest.isEqual(encrypt, key.encrypt);
    same &= MessageDigest.isEqual(macK, key.macK);
    same &= MessageDigest.isEqual(macR, key.macR);
    return same;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(macK);
  }

  @Override
  public String toString() {
    return "****";
  }
}
