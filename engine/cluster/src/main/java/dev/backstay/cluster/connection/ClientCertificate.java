package dev.backstay.cluster.connection;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A client certificate with its chain and key.
record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
  @Override
  public String toString() {
    return "client certificate of " + chain.getFirst().getSubjectX500Principal();
  }
}
