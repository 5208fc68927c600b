package dev.backstay.sandbox;

import dev.backstay.model.StorageException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// Writes kubeconfig files.
final class KubeconfigFile {

  private KubeconfigFile() {}

  /// @param authority the server's certificate as PEM, if it speaks HTTPS
  static Path write(
      Path file,
      URI server,
      Optional<String> authority,
      String context,
      String namespace,
      String token) {
    String trust =
        authority.map(pem -> "    certificate-authority-data: " + base64(pem) + "\n").orElse("");
    String text =
        "apiVersion: v1\nkind: Config\nclusters:\n- name: sandbox\n  cluster:\n    server: "
            + (server + "\n" + trust)
            + ("users:\n- name: " + context + "\n  user:\n    token: " + token + "\n")
            + ("contexts:\n- name: " + context + "\n  context:\n    cluster: sandbox\n")
            + ("    user: " + context + "\n    namespace: " + namespace + "\n")
            + ("current-context: " + context + "\n");
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new StorageException(
          "sandbox.kubeconfig",
          "the kubeconfig " + file + " cannot be written",
          "choose a folder that can be written",
          e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
