package dev.backstay.repository.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Another program for repositories of the same format, run as its users run it. `restic` is that
/// of the PATH; restics of certain versions and rustic are in the folder that the environment
/// variable `PEERS` names. A test that runs one that is not there is skipped.
public final class Peer {

  /// For `@MethodSource`: [#restics()].
  public static final String RESTICS = "dev.backstay.repository.peer.Peer#restics";

  private static final List<String> VERSIONS = List.of("restic-0.14", "restic-0.18", "restic-0.19");

  private static final @Nullable String PEERS = System.getenv("PEERS");

  private final String name;
  private final @Nullable Path program;
  private final Map<String, String> variables;

  private Peer(String name, @Nullable Path program, Map<String, String> variables) {
    this.name = name;
    this.program = program;
    this.variables = variables;
  }

  /// How it ended.
  public record Run(int status, String out, String errors) {}

  /// The restic of the PATH.
  public static Peer restic() {
    return find("restic", System.getenv("PATH"));
  }

  /// @param version such as `0.19`
  public static Peer restic(String version) {
    return find("restic-" + version, PEERS);
  }

  public static Peer rustic() {
    return find("rustic", PEERS);
  }

  /// Those of certain versions, there or not; before them that of the PATH, if it is another one.
  public static Stream<Peer> restics() {
    List<Peer> peers = VERSIONS.stream().map(version -> find(version, PEERS)).toList();
    Peer usual = restic();
    boolean known = peers.stream().anyMatch(peer -> peer.isThere() && peer.sameAs(usual));
    return known ? peers.stream() : Stream.concat(Stream.of(usual), peers.stream());
  }

  private static Peer find(String name, @Nullable String folders) {
    for (String folder : folders == null ? new String[0] : folders.split(File.pathSeparator, -1)) {
      Path program = Path.of(folder, name);
      if (!folder.isEmpty() && Files.isExecutable(program)) {
        return new Peer(name, program, Map.of());
      }
    }
    return new Peer(name, null, Map.of());
  }

  private boolean sameAs(Peer other) {
    return !other.isThere() || version().equals(other.version());
  }

  public boolean isThere() {
    return program != null;
  }

  /// Skips the test if it is not there.
  public Peer required() {
    assumeTrue(isThere(), "no " + name + (name.equals("restic") ? " on the PATH" : " in PEERS"));
    return this;
  }

  /// The same with an environment variable.
  public Peer with(String variable, String value) {
    Map<String, String> more = new TreeMap<>(variables);
    more.put(variable, value);
    return new Peer(name, program, more);
  }

  /// Such as `0.19.1`.
  public String version() {
    String words = run("", "", "version").out();
    return words.strip().split(" ", 3)[1];
  }

  /// Whether a restic is older than `0.minor`.
  public boolean before(int minor) {
    return Integer.parseInt(version().split("\\.", -1)[1]) < minor;
  }

  /// With what it needs to open a repository; not started yet.
  public ProcessBuilder command(String location, String password, String... arguments) {
    required();
    List<String> command = new ArrayList<>(List.of(String.valueOf(program)));
    if (!name.equals("rustic")) {
      command.add("--no-cache");
    }
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("TZ", "UTC");
    environment.putAll(Map.of("RESTIC_REPOSITORY", location, "RESTIC_PASSWORD", password));
    environment.putAll(Map.of("RUSTIC_REPOSITORY", location, "RUSTIC_PASSWORD", password));
    environment.putAll(Map.of("RUSTIC_NO_CACHE", "true", "RUSTIC_NO_PROGRESS", "true"));
    environment.putAll(variables);
    return builder;
  }

  /// In a folder of its own, which is gone afterwards.
  public Run run(String location, String password, String... arguments) {
    ProcessBuilder builder = command(location, password, arguments);
    try {
      Path folder = Files.createTempDirectory("peer");
      try {
        Path errors = folder.resolve("errors");
        Process process = builder.directory(folder.toFile()).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return new Run(status, out, Files.readString(errors, StandardCharsets.ISO_8859_1));
      } finally {
        remove(folder);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(name + " could not be run", e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  public Run run(Path repository, String password, String... arguments) {
    return run(repository.toString(), password, arguments);
  }

  /// What it prints; it must not fail.
  public String output(String location, String password, String... arguments) {
    Run run = run(location, password, arguments);
    assertEquals(
        0, run.status(), () -> this + " " + List.of(arguments) + "\n" + run.out() + run.errors());
    return run.out();
  }

  public String output(Path repository, String password, String... arguments) {
    return output(repository.toString(), password, arguments);
  }

  @Override
  public String toString() {
    return name;
  }
}
