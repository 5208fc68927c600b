package dev.backstay.cluster.connection;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Private keys in PEM: PKCS #8 (RFC 5958), PKCS #1 (RFC 8017) and SEC 1 (RFC 5915). The JDK reads
/// only the first, so the others are wrapped into it.
final class PemKey {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC_OID = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final byte[] VERSION_0 = {2, 1, 0};
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "Ed448");

  private PemKey() {}

  static PrivateKey read(byte[] pem) throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(new String(pem, StandardCharsets.ISO_8859_1));
    if (!block.find()) {
      throw new InvalidKeySpecException("no private key in it");
    }
    byte[] der = decode(block.group(2));
    return switch (block.group(1)) {
      case "PRIVATE KEY" -> any(der);
      case "RSA PRIVATE KEY" -> key("RSA", sequence(VERSION_0, RSA, tagged(4, der)));
      case "EC PRIVATE KEY" -> key("EC", sequence(VERSION_0, ecAlgorithm(der), tagged(4, der)));
      default -> throw new InvalidKeySpecException("the key has a passphrase");
    };
  }

  private static byte[] decode(String base64) throws InvalidKeySpecException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidKeySpecException("not base64", e);
    }
  }

  private static PrivateKey any(byte[] pkcs8) throws GeneralSecurityException {
    InvalidKeySpecException last = new InvalidKeySpecException("unknown algorithm");
    for (String algorithm : ALGORITHMS) {
      try {
        return key(algorithm, pkcs8);
      } catch (InvalidKeySpecException e) {
        last = e;
      }
    }
    throw last;
  }

  private static PrivateKey key(String algorithm, byte[] pkcs8) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /// The curve stands in field `[0]` of the SEC 1 structure.
  private static byte[] ecAlgorithm(byte[] sec1) throws InvalidKeySpecException {
    try {
      int at = contentOf(sec1, 0);
      while (at < sec1.length) {
        int content = contentOf(sec1, at);
        int end = content + lengthOf(sec1, at);
        if ((sec1[at] & 0xff) == 0xa0) {
          return sequence(EC_OID, Arrays.copyOfRange(sec1, content, end));
        }
        at = end;
      }
    } catch (ArrayIndexOutOfBoundsException | IllegalArgumentException e) {
      throw new InvalidKeySpecException("the key is cut off", e);
    }
    throw new InvalidKeySpecException("the key does not name its curve");
  }

  private static int contentOf(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
  }

  private static int lengthOf(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    int length = first < 0x80 ? first : 0;
    for (int i = 0; first >= 0x80 && i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }

  private static byte[] sequence(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return tagged(0x30, joined.toByteArray());
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x83);
      out.write(content.length >> 16);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }
}
