package dev.backstay.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The program as it is shipped, with its own home and a repository in a folder or elsewhere.
///
/// @param folder holds home, repository and password
/// @param kubeconfig whose rights it uses
/// @param location where the repository is
/// @param environment what it needs besides
record BuiltProgram(
    Path folder, Path kubeconfig, String location, Map<String, String> environment) {

  private static final Path LAUNCHER =
      Path.of("").toAbsolutePath().getParent().resolve("app/target/backstay/bin/backstay");

  /// The folder that the program was built into.
  static Path home() {
    return LAUNCHER.resolve("../..").normalize();
  }

  /// With the rights of `KUBECONFIG`; skips the calling test if that or the program is not there.
  static BuiltProgram in(Path folder) throws IOException {
    String kubeconfig = System.getenv("KUBECONFIG");
    assumeTrue(kubeconfig != null, "KUBECONFIG is not set");
    assumeTrue(Files.isExecutable(LAUNCHER), "the program is not built: run mvn package first");
    BuiltProgram program =
        new BuiltProgram(
            folder, Path.of(kubeconfig), folder.resolve("repository").toString(), Map.of());
    Files.writeString(program.password(), "whole system\n");
    return program;
  }

  /// The same installation under somebody else's rights.
  BuiltProgram as(Path other) {
    return new BuiltProgram(folder, other, location, environment);
  }

  /// The same with a repository elsewhere.
  BuiltProgram at(String place, Map<String, String> more) {
    return new BuiltProgram(folder, kubeconfig, place, more);
  }

  Path repository() {
    return folder.resolve("repository");
  }

  Path password() {
    return folder.resolve("password");
  }

  /// Standard output of a call that must end with this exit status.
  String run(int exit, String... arguments) throws Exception {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(
        exit, process.waitFor(), () -> String.join(" ", arguments) + "\n" + out + errors());
    return out;
  }

  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("BACKSTAY_HOME", folder.resolve("home").toString());
    builder.environment().putAll(environment);
    builder.environment().put("BACKSTAY_REPOSITORY", location);
    builder.environment().put("BACKSTAY_PASSWORD_FILE", password().toString());
    return builder.redirectError(folder.resolve("errors").toFile()).start();
  }

  /// Standard error of the last call.
  String errors() {
    try {
      return Files.readString(folder.resolve("errors"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
