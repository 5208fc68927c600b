package dev.backstay.cluster.connection;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Shows the client certificate that is current when a handshake happens, so that certificates
/// rotate without a new client.
final class RotatingKey extends X509ExtendedKeyManager {

  private final Supplier<Credentials> current;

  /// A handshake asks for an alias first and for what it stands for later; the certificate may
  /// rotate in between.
  private final Map<String, ClientCertificate> shown = new ConcurrentHashMap<>();

  RotatingKey(Supplier<Credentials> current) {
    this.current = current;
  }

  private @Nullable String choose() {
    ClientCertificate certificate = current.get().certificate();
    if (certificate == null) {
      return null;
    }
    String alias = certificate.chain().getFirst().getSerialNumber().toString(16);
    if (shown.size() > 8) {
      shown.clear();
    }
    shown.put(alias, certificate);
    return alias;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return choose();
  }

  @Override
  public @Nullable String chooseEngineClientAlias(
      String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    return choose();
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    ClientCertificate certificate = shown.get(alias);
    return certificate == null ? null : certificate.chain().toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    ClientCertificate certificate = shown.get(alias);
    return certificate == null ? null : certificate.key();
  }

  @Override
  public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
    String alias = choose();
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseServerAlias(
      String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null;
  }
}
