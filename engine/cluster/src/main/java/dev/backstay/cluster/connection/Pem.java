package dev.backstay.cluster.connection;

import dev.backstay.model.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Certificates and keys as kubeconfigs have them: PEM, in a file or in base64. Messages name the
/// field and never the content.
final class Pem {

  private static final String REMEDY = "correct it in the kubeconfig";

  private Pem() {}

  /// @param what the field, for messages: `certificate-authority of cluster prod`
  /// @param base64 wins over the file
  static byte[] load(String what, String base64, String file) {
    if (base64.isEmpty()) {
      try {
        return Files.readAllBytes(Path.of(file));
      } catch (IOException e) {
        throw new InvalidInputException(
            "kubeconfig.unreadable-file", what + ": cannot read the file " + file, REMEDY, e);
      }
    }
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("kubeconfig.bad-pem", what + " is not base64", REMEDY, e);
    }
  }

  static List<X509Certificate> certificates(String what, byte[] pem) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (var one :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem))) {
        if (one instanceof X509Certificate x509) {
          chain.add(x509);
        }
      }
    } catch (GeneralSecurityException e) {
      throw new InvalidInputException(
          "kubeconfig.bad-pem", what + " is not a PEM certificate", REMEDY, e);
    }
    if (chain.isEmpty()) {
      throw new InvalidInputException("kubeconfig.bad-pem", what + " holds no certificate", REMEDY);
    }
    return List.copyOf(chain);
  }

  static PrivateKey key(String what, byte[] pem) {
    try {
      return PemKey.read(pem);
    } catch (GeneralSecurityException e) {
      throw new InvalidInputException(
          "kubeconfig.bad-pem", what + " is not a PEM private key we can read", REMEDY, e);
    }
  }

  static ClientCertificate pair(String what, byte[] certificate, byte[] key) {
    return new ClientCertificate(
        certificates(what + " (certificate)", certificate), key(what + " (key)", key));
  }
}
