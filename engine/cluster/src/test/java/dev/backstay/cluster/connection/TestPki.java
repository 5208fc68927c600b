package dev.backstay.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A certificate authority and what it signed, made with the JDK's keytool.
final class TestPki {

  private static final String PASSWORD = "changeit";

  private final Path folder;

  TestPki(Path folder) throws Exception {
    this.folder = folder;
    for (String authority : List.of("ca", "otherca")) {
      keytool(
          "-genkeypair",
          "-alias",
          authority,
          "-dname",
          "CN=" + authority,
          "-ext",
          "bc:c",
          "-keyalg",
          "EC",
          "-groupname",
          "secp256r1");
    }
  }

  /// A key and its certificate, signed by `ca`.
  void issue(String alias, String algorithm, String... options) throws Exception {
    List<String> sign =
        new ArrayList<>(
            List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias, "-signer", "ca"));
    sign.addAll(List.of("-keyalg", algorithm));
    sign.addAll(List.of(options));
    keytool(sign.toArray(String[]::new));
  }

  private void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", store().toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
  }

  private Path store() {
    return folder.resolve("store.p12");
  }

  KeyStore keys() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store())) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  /// A key store with one key only, for a server.
  KeyStore only(String alias) throws Exception {
    KeyStore all = keys();
    KeyStore one = KeyStore.getInstance("PKCS12");
    one.load(null, null);
    Certificate[] chain = {all.getCertificate(alias)};
    one.setKeyEntry(alias, all.getKey(alias, PASSWORD.toCharArray()), password(), chain);
    return one;
  }

  char[] password() {
    return PASSWORD.toCharArray();
  }

  String certificatePem(String alias) throws Exception {
    return pem("CERTIFICATE", keys().getCertificate(alias).getEncoded());
  }

  String keyPem(String alias) throws Exception {
    return pem("PRIVATE KEY", keys().getKey(alias, PASSWORD.toCharArray()).getEncoded());
  }

  static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private static String pem(String label, byte[] der) throws IOException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }
}
