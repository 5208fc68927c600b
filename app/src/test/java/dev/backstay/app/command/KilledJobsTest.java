package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import dev.backstay.system.KilledAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The process is killed at the beginning of every step of every job, one after the other: each
/// next run takes up where the last one died, and in the end all is as if nothing had happened.
class KilledJobsTest {

  private static final String SHOP = DemoShop.NAMESPACE;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private Sandbox sandbox;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void shop() throws IOException {
    sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")));
    DemoShop.install(sandbox).presentState();
    sandbox.settle(PATIENCE);
    Files.writeString(folder.resolve("password"), "correct horse\n");
    environment =
        Map.of(
            "KUBECONFIG", sandbox.kubeconfig().toString(),
            "BACKSTAY_REPOSITORY", folder.resolve("repository").toString(),
            "BACKSTAY_PASSWORD_FILE", folder.resolve("password").toString());
    succeeds("repo", "init");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private Path home() {
    return folder.resolve("home");
  }

  private String succeeds(String... arguments) {
    CommandLineRun run = CommandLineRun.of(home(), environment, arguments);
    assertEquals(0, run.status(), run.out() + run.err());
    return run.out();
  }

  private JsonNode json(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "-o";
    all[arguments.length + 1] = "json";
    return JsonMapper.shared().readTree(succeeds(all));
  }

  /// Kills it at each step, then lets it come to its end.
  private JsonNode killedAtEach(List<String> steps, String... arguments) throws Exception {
    List<String> missed = new ArrayList<>();
    for (String step : steps) {
      Process process = BackstayProcess.start(home(), environment, arguments);
      if (!KilledAt.step(home(), step, process)) {
        missed.add(step);
      }
    }
    assertEquals(List.of(), missed, "steps at which it was not killed");
    return json(arguments);
  }

  private void nothingIsLeft() {
    assertTrue(json("cleanup", "--dry-run").path("items").isEmpty());
    for (JsonNode job : json("jobs").path("items")) {
      assertEquals("completed", job.path("state").asString(), job.toString());
    }
  }

  private Set<String> objects() {
    Set<String> names = new TreeSet<>();
    for (String kind : List.of("pvcs", "snapshots")) {
      for (JsonNode item : json(kind, "-n", SHOP).path("items")) {
        names.add(kind + "/" + item.path("name").asString());
      }
    }
    return names;
  }

  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            root.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)) + "");
      }
    }
    return content;
  }

  @Test
  void aBackUp() throws Exception {
    Set<String> before = objects();

    JsonNode result =
        killedAtEach(
            List.of("lock", "volumesnapshots", "manifests", "files", "clean-up", "commit"),
            "backup",
            "-n",
            SHOP);

    assertEquals("Completed", result.path("outcome").asString(), result.toString());
    assertEquals(before, objects());
    assertEquals(1, json("jobs").path("items").size());
    assertEquals(1, json("points").path("items").size());
    nothingIsLeft();
    succeeds("repo", "check", "--read-data");
  }

  @Test
  void aRestoreIntoANewNamespace() throws Exception {
    succeeds("backup", "-n", SHOP);

    killedAtEach(
        List.of("objects", "files", "workloads", "readiness"),
        "restore",
        "latest",
        "-n",
        SHOP,
        "--to-namespace",
        "copy");

    sandbox.settle(PATIENCE);
    for (String pvc : List.of("uploads", "data-db-0")) {
      assertEquals(content(sandbox.volume(SHOP, pvc)), content(sandbox.volume("copy", pvc)));
    }
    nothingIsLeft();
  }

  @Test
  void aRestoreThatReplaces() throws Exception {
    succeeds("backup", "-n", SHOP);
    Map<String, String> before = content(sandbox.volume(SHOP, "uploads"));
    Files.writeString(sandbox.volume(SHOP, "uploads").resolve("later.txt"), "later");

    killedAtEach(
        List.of("pause", "safety restore point", "objects", "files", "start again"),
        "restore",
        "latest",
        "-n",
        SHOP,
        "--only",
        "pvc/uploads",
        "--volumes",
        "mirror",
        "--yes");

    sandbox.settle(PATIENCE);
    assertEquals(before, content(sandbox.volume(SHOP, "uploads")));
    JsonNode deployment =
        JsonMapper.shared()
            .readTree(sandbox.get("deployments.apps", SHOP, "uploads").orElseThrow());
    assertEquals(1, deployment.at("/spec/replicas").asInt());
    assertEquals(1, deployment.at("/status/readyReplicas").asInt());
    assertTrue(deployment.at("/metadata/annotations/backstay.dev~1replicas").isMissingNode());
    nothingIsLeft();
  }
}
