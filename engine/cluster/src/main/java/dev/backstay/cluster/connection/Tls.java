package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.ClusterEntry;
import dev.backstay.model.InternalException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// TLS as a cluster entry wants it: whom to trust, and which certificate to show.
final class Tls {

  private final X509TrustManager trust;
  private final SSLContext context;

  Tls(ClusterEntry cluster, Supplier<Credentials> credentials) {
    try {
      this.trust = trust(cluster);
      this.context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {new RotatingKey(credentials)}, new TrustManager[] {trust}, null);
    } catch (GeneralSecurityException | IOException e) {
      throw new InternalException("cluster.tls", "TLS could not be set up", "see the log", e);
    }
  }

  X509TrustManager trust() {
    return trust;
  }

  SSLContext context() {
    return context;
  }

  /// Forgets sessions that were opened with an older certificate.
  void forgetSessions() {
    var sessions = context.getClientSessionContext();
    for (byte[] id : java.util.Collections.list(sessions.getIds())) {
      var session = sessions.getSession(id);
      if (session != null) {
        session.invalidate();
      }
    }
  }

  private static X509TrustManager trust(ClusterEntry cluster)
      throws GeneralSecurityException, IOException {
    if (cluster.insecure()) {
      return new TrustAnyone();
    }
    if (cluster.caData().isEmpty() && cluster.caFile().isEmpty()) {
      return trusting(null);
    }
    String what = "certificate-authority of cluster " + cluster.name();
    byte[] pem = Pem.load(what, cluster.caData(), cluster.caFile());
    return trusting(storeOf(Pem.certificates(what, pem)));
  }

  private static KeyStore storeOf(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("ca-" + i, authorities.get(i));
    }
    return store;
  }

  /// @param store null for what the system trusts
  private static X509TrustManager trusting(@Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        return x509;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }
}
