package dev.backstay.sandbox.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/// A self-signed certificate for 127.0.0.1 and localhost, good for ten years, made anew for each
/// server. The JDK reads certificates but has no public way to make one, so its few DER elements
/// (RFC 5280) are put together here.
public final class Certificate {

  private static final byte[] ECDSA_WITH_SHA256 = oid(0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2);
  private static final byte[] COMMON_NAME = oid(0x55, 4, 3);
  private static final byte[] BASIC_CONSTRAINTS = oid(0x55, 0x1D, 0x13);
  private static final byte[] SUBJECT_ALT_NAME = oid(0x55, 0x1D, 0x11);
  private static final char[] PASSWORD = "sandbox".toCharArray();

  private final KeyPair keys;
  private final X509Certificate certificate;

  private Certificate(KeyPair keys, X509Certificate certificate) {
    this.keys = keys;
    this.certificate = certificate;
  }

  public static Certificate create(Instant now) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    byte[] signed = toBeSigned(keys, now);
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(signed);
    byte[] bits = concat(new byte[] {0}, signature.sign());
    byte[] der = sequence(signed, sequence(ECDSA_WITH_SHA256), tagged(0x03, bits));
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return new Certificate(
        keys, (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
  }

  private static byte[] toBeSigned(KeyPair keys, Instant now) {
    byte[] name =
        sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0C, ascii("backstay sandbox")))));
    byte[] validity =
        sequence(time(now.minusSeconds(3600)), time(now.plusSeconds(10L * 365 * 86_400)));
    byte[] isAuthority = sequence(tagged(0x01, new byte[] {(byte) 0xFF}));
    byte[] names =
        sequence(tagged(0x82, ascii("localhost")), tagged(0x87, new byte[] {127, 0, 0, 1}));
    byte[] extensions =
        tagged(
            0xA3,
            sequence(
                sequence(
                    BASIC_CONSTRAINTS,
                    tagged(0x01, new byte[] {(byte) 0xFF}),
                    tagged(0x04, isAuthority)),
                sequence(SUBJECT_ALT_NAME, tagged(0x04, names))));
    return sequence(
        tagged(0xA0, tagged(0x02, new byte[] {2})),
        tagged(0x02, BigInteger.valueOf(now.toEpochMilli()).toByteArray()),
        sequence(ECDSA_WITH_SHA256),
        name,
        validity,
        name,
        keys.getPublic().getEncoded(),
        extensions);
  }

  /// A store with the key, for the server.
  public KeyStore keyStore() throws GeneralSecurityException, java.io.IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    store.setKeyEntry(
        "server", keys.getPrivate(), PASSWORD, new java.security.cert.Certificate[] {certificate});
    return store;
  }

  public String password() {
    return new String(PASSWORD);
  }

  /// For clients to trust.
  public String pem() throws GeneralSecurityException {
    Base64.Encoder lines = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN CERTIFICATE-----\n"
        + lines.encodeToString(certificate.getEncoded())
        + "\n-----END CERTIFICATE-----\n";
  }

  private static byte[] time(Instant instant) {
    DateTimeFormatter format =
        DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    return tagged(0x18, ascii(format.format(instant)));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] oid(int... content) {
    byte[] bytes = new byte[content.length];
    for (int i = 0; i < content.length; i++) {
      bytes[i] = (byte) content[i];
    }
    return tagged(0x06, bytes);
  }

  private static byte[] sequence(byte[]... parts) {
    return tagged(0x30, concat(parts));
  }

  private static byte[] tagged(int tag, byte[] content) {
    int length = content.length;
    byte[] head =
        length < 128
            ? new byte[] {(byte) tag, (byte) length}
            : length < 256
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return concat(head, content);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
