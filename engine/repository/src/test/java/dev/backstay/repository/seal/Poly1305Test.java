package dev.backstay.repository.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class Poly1305Test {

  private static final HexFormat HEX = HexFormat.of();

  /// RFC 8439, 2.5.2.
  @Test
  void agreesWithTheRfc() {
    byte[] key = HEX.parseHex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
    byte[] message = "Cryptographic Forum Research Group".getBytes(StandardCharsets.US_ASCII);
    assertEquals("a8061dc1305136c6c22b8baf0c0127a9", HEX.formatHex(mac(key, message)));
  }

  private static byte[] mac(byte[] key, byte[] message) {
    return mac(Poly1305::mac, key, message);
  }

  private static byte[] mac(OneTimeMac macs, byte[] key, byte[] message) {
    byte[] out = new byte[16];
    macs.mac(
        Arrays.copyOf(key, 16),
        Arrays.copyOfRange(key, 16, 32),
        message,
        0,
        message.length,
        out,
        0);
    return out;
  }

  @Test
  void agreesWithAnotherImplementation() {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      byte[] key = new byte[32];
      byte[] message = new byte[round < 300 ? round : random.nextInt(2000)];
      random.nextBytes(key);
      random.nextBytes(message);
      if (round % 3 == 0) {
        // Values near the modulus, where carries are.
        Arrays.fill(message, (byte) 0xff);
        Arrays.fill(key, 0, round % 2 == 0 ? 32 : 16, (byte) 0xff);
      }
      assertArrayEquals(reference(key, message), mac(key, message));
    }
  }

  /// Skipped where this machine has no OpenSSL 3: then ours is all there is.
  @Test
  void openSslAgreesWithAnotherImplementation() {
    OneTimeMac openSsl = OpenSslPoly1305.find().orElse(null);
    assumeTrue(openSsl != null, "no OpenSSL 3 here");
    Random random = new Random(6);
    for (int round = 0; round < 1500; round++) {
      byte[] key = new byte[32];
      byte[] message = new byte[round < 300 ? round : random.nextInt(200_000)];
      random.nextBytes(key);
      random.nextBytes(message);
      if (round % 3 == 0) {
        Arrays.fill(message, (byte) 0xff);
        Arrays.fill(key, 0, round % 2 == 0 ? 32 : 16, (byte) 0xff);
      }
      byte[] expected = reference(key, message);
      assertArrayEquals(expected, mac(openSsl, key, message));
      assertArrayEquals(expected, mac(OneTimeMac.FASTEST, key, message));
    }
  }

  private static byte[] reference(byte[] key, byte[] message) {
    byte[] clamped = key.clone();
    for (int i : new int[] {3, 7, 11, 15}) {
      clamped[i] &= 0x0f;
    }
    for (int i : new int[] {4, 8, 12}) {
      clamped[i] &= (byte) 0xfc;
    }
    var poly = new org.bouncycastle.crypto.macs.Poly1305();
    poly.init(new KeyParameter(clamped));
    poly.update(message, 0, message.length);
    byte[] out = new byte[16];
    poly.doFinal(out, 0);
    return out;
  }

  /// RFC 7914, 12, and another implementation with several lanes.
  @Test
  void scryptAgrees() {
    byte[] key =
        Scrypt.derive(
            "password".getBytes(StandardCharsets.US_ASCII),
            "NaCl".getBytes(StandardCharsets.US_ASCII),
            1024,
            8,
            16,
            64);
    assertEquals(
        "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        HEX.formatHex(key));
    assertArrayEquals(
        SCrypt.generate(new byte[] {1, 2}, new byte[64], 256, 4, 3, 64),
        Scrypt.derive(new byte[] {1, 2}, new byte[64], 256, 4, 3, 64));
    assertArrayEquals(
        SCrypt.generate(new byte[0], new byte[64], 256, 8, 1, 64),
        Scrypt.derive(new byte[0], new byte[64], 256, 8, 1, 64));
  }

  /// The vectors of D. J. Bernstein's Poly1305-AES paper, which restic's own tests use.
  @Test
  void sealsAsThePaper() {
    String[][] vectors = {
      {
        "f3f6",
        "ec074c835580741701425b623235add6",
        "851fc40c3467ac0be05cc20404f3f700",
        "fb447350c4e868c52ac3275cf9d4327e",
        "f4c633c3044fc145f84f335cb81953de"
      },
      {
        "",
        "75deaa25c09f208e1dc4ce6b5cad3fbf",
        "a0f3080000f46400d0c7e9076c834403",
        "61ee09218d29b0aaed7e154a2c5509cc",
        "dd3fab2251f11ac759f0887129cc2ee7"
      },
      {
        "663cea190ffb83d89593f3f476b6bc24d7e679107ea26adb8caf6652d0656136",
        "6acb5f61a7176dd320c5c1eb2edcdc74",
        "48443d0bb0d21109c89a100b5ce2c208",
        "ae212a55399729595dea458bc621ff0e",
        "0ee1c16bb73f0f4fd19881753c01cdbe"
      },
      {
        "ab0812724a7f1e342742cbed374d94d136c6b8795d45b3819830f2c04491faf0990c62e48b8018b2c3e4a0fa3134cb67fa83e158c994d961c4cb21095c1bf9",
        "e1a5668a4d5b66a5f68cc5424ed5982d",
        "12976a08c4426d0ce8a82407c4f48207",
        "9ae831e743978d3a23527c7128149e3a",
        "5154ad0d2cb26e01274fc51148491f1b"
      }
    };
    for (String[] v : vectors) {
      byte[] message = HEX.parseHex(v[0]);
      byte[] s = encrypt(HEX.parseHex(v[1]), HEX.parseHex(v[3]));
      byte[] out = new byte[16];
      Poly1305.mac(HEX.parseHex(v[2]), s, message, 0, message.length, out, 0);
      assertEquals(v[4], HEX.formatHex(out));
    }
  }

  private static byte[] encrypt(byte[] key, byte[] block) {
    var engine = org.bouncycastle.crypto.engines.AESEngine.newInstance();
    engine.init(true, new KeyParameter(key));
    byte[] out = new byte[16];
    engine.processBlock(block, 0, out, 0);
    return out;
  }

  /// Pieces must not show: what one way of sealing seals, every other opens.
  @Test
  void piecesDoNotShow() throws Exception {
    SecureRandom random = new SecureRandom();
    MasterKey master = MasterKey.random(random);
    Sealer fast = new Sealer(master, random);
    Sealer plainJava = new Sealer(master, random, Poly1305::mac);
    Cipher whole = Cipher.getInstance("AES/CTR/NoPadding");
    byte[] iv = HEX.parseHex("fffffffffffffffffffffffffffffffe");
    for (int length : new int[] {1, 16 << 10, (16 << 10) + 1, 32 << 10, 100_003, 1 << 20}) {
      byte[] plain = new byte[length];
      random.nextBytes(plain);
      byte[] sealed = new byte[length + Sealer.OVERHEAD];
      fast.seal(iv, plain, 0, length, sealed, 0);
      whole.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(master.encrypt(), "AES"), new IvParameterSpec(iv));
      assertArrayEquals(whole.doFinal(plain), Arrays.copyOfRange(sealed, 16, 16 + length));
      byte[] back = new byte[length];
      assertEquals(length, plainJava.open(sealed, 0, sealed.length, back, 0));
      assertArrayEquals(plain, back);
    }
  }

  @Test
  void opensWhatItSealed() {
    SecureRandom random = new SecureRandom();
    opensWhatItSealed(OneTimeMac.FASTEST, random);
    opensWhatItSealed(Poly1305::mac, random);
  }

  private static void opensWhatItSealed(OneTimeMac macs, SecureRandom random) {
    Sealer sealer = new Sealer(MasterKey.random(random), random, macs);
    for (int length : new int[] {0, 1, 15, 16, 17, 1000, 1 << 20}) {
      byte[] plain = new byte[length];
      random.nextBytes(plain);
      byte[] sealed = sealer.seal(plain);
      byte[] back = new byte[length];
      assertEquals(length, sealer.open(sealed, 0, sealed.length, back, 0));
      assertArrayEquals(plain, back);
      for (int i = 0; i < Math.min(sealed.length, 100); i++) {
        int at = (int) ((long) i * sealed.length / 100);
        sealed[at] ^= 1;
        assertEquals(-1, sealer.open(sealed, 0, sealed.length, back, 0));
        sealed[at] ^= 1;
      }
    }
  }
}
