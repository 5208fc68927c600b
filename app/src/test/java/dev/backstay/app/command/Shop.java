package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demo shop on a cluster of its own, an empty repository, and the command line that works on
/// them.
///
/// @param sandbox the cluster
/// @param folder holds everything
/// @param environment of the command line
record Shop(Sandbox sandbox, Path folder, Map<String, String> environment)
    implements AutoCloseable {

  static final String NAMESPACE = DemoShop.NAMESPACE;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  static Shop open(Path folder) throws IOException {
    Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")));
    DemoShop.install(sandbox).presentState();
    Files.writeString(folder.resolve("password"), "correct horse\n");
    Map<String, String> environment =
        Map.of(
            "KUBECONFIG", sandbox.kubeconfig().toString(),
            "BACKSTAY_REPOSITORY", folder.resolve("repository").toString(),
            "BACKSTAY_PASSWORD_FILE", folder.resolve("password").toString());
    Shop shop = new Shop(sandbox, folder, environment);
    shop.settle();
    shop.succeeds("repo", "init");
    return shop;
  }

  void settle() {
    sandbox.settle(PATIENCE);
  }

  Path home() {
    return folder.resolve("home");
  }

  CommandLineRun run(String... arguments) {
    return CommandLineRun.of(home(), environment, arguments);
  }

  /// Standard output of a run that must end with 0.
  String succeeds(String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(0, run.status(), run.out() + run.err());
    return run.out();
  }

  JsonNode json(String... arguments) {
    return JsonMapper.shared().readTree(succeeds(with(arguments, "-o", "json")));
  }

  static String[] with(String[] arguments, String... more) {
    return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray(String[]::new);
  }

  /// The program in a process of its own, to be killed.
  Process start(String... arguments) throws IOException {
    return BackstayProcess.start(home(), environment, arguments);
  }

  JsonNode live(String resource, String namespace, String name) {
    return JsonMapper.shared().readTree(sandbox.get(resource, namespace, name).orElseThrow());
  }

  /// Content and mode of every file in a PVC.
  Map<String, String> content(String namespace, String pvc) throws IOException {
    Path root = sandbox.volume(namespace, pvc);
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Integer.toHexString(Arrays.hashCode(Files.readAllBytes(file)));
        content.put(
            root.relativize(file).toString(), bytes + " " + Files.getPosixFilePermissions(file));
      }
    }
    return content;
  }

  /// What both of its volumes hold.
  Map<String, String> volumes() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String pvc : new String[] {"data-db-0", "uploads"}) {
      content(NAMESPACE, pvc).forEach((path, content) -> all.put(pvc + "/" + path, content));
    }
    return all;
  }

  void assertNothingTemporary() {
    settle();
    assertTrue(json("cleanup", "--dry-run").path("items").isEmpty());
  }

  /// Deletes the shop and restores it from the newest restore point.
  void assertRestores(Map<String, String> content) throws IOException {
    sandbox.delete("namespaces", "", NAMESPACE);
    settle();
    succeeds("restore", "latest", "-n", NAMESPACE);
    settle();
    assertEquals(content, volumes());
    assertNothingTemporary();
  }

  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new java.util.Random(1).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
