package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.ExecPlugin;
import dev.backstay.cluster.kubeconfig.UserEntry;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Remembers which programs of which kubeconfigs the user allowed: one line with a hash over the
/// file's content and the command for each. A changed file or command is asked about again.
final class TrustedPrograms {

  private static final String FILE = "trusted-programs";

  private final Path state;
  private final TrustPrompt prompt;

  TrustedPrograms(Path state, TrustPrompt prompt) {
    this.state = state;
    this.prompt = prompt;
  }

  /// @throws ForbiddenException if the user says no
  void require(UserEntry user, ExecPlugin plugin) {
    Path file = user.file();
    if (file == null) {
      return;
    }
    List<String> command = new ArrayList<>(List.of(plugin.command()));
    command.addAll(plugin.arguments());
    String line = fingerprint(file, command);
    if (known(line)) {
      return;
    }
    if (!prompt.mayRun(file, command)) {
      throw new ForbiddenException(
          "kubeconfig.plugin-not-trusted",
          "the kubeconfig "
              + file
              + " wants to run "
              + String.join(" ", command)
              + ", which was not allowed",
          "look at the file and allow the program when asked on a terminal");
    }
    remember(line);
  }

  private boolean known(String line) {
    Path store = state.resolve(FILE);
    try {
      return Files.exists(store) && Files.readAllLines(store).contains(line);
    } catch (IOException e) {
      return false; // asking once more is safe
    }
  }

  private void remember(String line) {
    try {
      Files.createDirectories(state);
      Files.writeString(
          state.resolve(FILE), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new StorageException(
          "kubeconfig.trust-not-kept",
          "the answer could not be written to " + state.resolve(FILE),
          "check that the folder may be written to",
          e);
    }
  }

  private static String fingerprint(Path file, List<String> command) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(Files.readAllBytes(file));
      for (String part : command) {
        sha.update((byte) 0);
        sha.update(part.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new StorageException(
          "kubeconfig.unreadable-file", "cannot read " + file, "check its permissions", e);
    }
  }
}
