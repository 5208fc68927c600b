package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.NotFoundException;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `backstay restore` on the demo cluster, in its variations.
class RestoreOnSandboxTest {

  private static final String SHOP = DemoShop.NAMESPACE;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String UNFINISHED = "/metadata/annotations/backstay.dev~1unfinished-restore";

  @TempDir Path folder;

  private Sandbox sandbox;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void backedUpShop() throws IOException {
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
    succeeds("backup", "-n", SHOP);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.of(folder.resolve("home"), environment, arguments);
  }

  private String succeeds(String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(0, run.status(), run.out() + run.err());
    return run.out();
  }

  private JsonNode json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-o", "json"));
    return JsonMapper.shared().readTree(succeeds(all.toArray(String[]::new)));
  }

  private Path uploads() {
    return sandbox.volume(SHOP, "uploads");
  }

  private JsonNode live(String resource, String namespace, String name) {
    return JsonMapper.shared().readTree(sandbox.get(resource, namespace, name).orElseThrow());
  }

  private static Map<String, String> content(Path root) throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = Integer.toHexString(java.util.Arrays.hashCode(Files.readAllBytes(file)));
        content.put(
            root.relativize(file).toString(), bytes + " " + Files.getPosixFilePermissions(file));
      }
    }
    return content;
  }

  @Test
  void withoutOptionsNothingThatExistsIsTouched() throws IOException {
    Path invoice = uploads().resolve(DemoShop.A_FILE);
    Files.writeString(invoice, "newer than the restore point");
    sandbox.delete("configmaps", SHOP, DemoShop.A_CONFIG_MAP);

    succeeds("restore", "latest", "-n", SHOP);

    assertEquals("newer than the restore point", Files.readString(invoice));
    assertTrue(sandbox.get("configmaps", SHOP, DemoShop.A_CONFIG_MAP).isPresent());
  }

  @Test
  void mirrorStopsTheWorkloadKeepsWhatItReplacesAndMakesTheVolumeAsItWas() throws IOException {
    Map<String, String> before = content(uploads());
    Files.writeString(uploads().resolve(DemoShop.A_FILE), "damaged");
    Files.writeString(uploads().resolve("later.txt"), "written after the restore point");
    String[] mirror = {
      "restore", "latest", "-n", SHOP, "--only", "pvc/uploads", "--volumes", "mirror"
    };

    CommandLineRun unasked = run(mirror);
    assertEquals(2, unasked.status(), unasked.err());
    assertTrue(unasked.err().contains("--yes"), unasked.err());
    String result =
        succeeds(Stream.concat(Stream.of(mirror), Stream.of("--yes")).toArray(String[]::new));
    sandbox.settle(PATIENCE);

    assertEquals(before, content(uploads()), result);
    assertEquals(1, live("deployments.apps", SHOP, "uploads").at("/status/readyReplicas").asInt());
    assertTrue(live("persistentvolumeclaims", SHOP, "uploads").at(UNFINISHED).isMissingNode());
    JsonNode points = json("points", "-n", SHOP).path("items");
    assertEquals(2, points.size(), points.toString());
    assertTrue(points.get(0).path("selective").asBoolean(), points.toString());
    String kept = points.get(0).path("id").asString();
    assertEquals(
        "written after the restore point", succeeds("cat", kept + ":/volumes/uploads/later.txt"));
    // what a restore kept is not what 'latest' means
    assertTrue(json("ls", "latest:/volumes", "-n", SHOP).toString().contains("data-db-0"));
  }

  @Test
  void intoAnotherNamespaceAndClass() throws IOException {
    succeeds(
        "restore",
        "latest",
        "-n",
        SHOP,
        "--to-namespace",
        "copy",
        "--class-map",
        "standard=immediate");
    sandbox.settle(PATIENCE);

    for (String pvc : List.of("uploads", "data-db-0")) {
      assertEquals(content(sandbox.volume(SHOP, pvc)), content(sandbox.volume("copy", pvc)));
      JsonNode claim = live("persistentvolumeclaims", "copy", pvc);
      assertEquals("immediate", claim.at("/spec/storageClassName").asString());
      assertTrue(claim.at(UNFINISHED).isMissingNode(), claim.toString());
    }
    assertEquals(1, live("statefulsets.apps", "copy", "db").at("/status/readyReplicas").asInt());
    assertTrue(json("cleanup", "--dry-run").path("items").isEmpty());
  }

  @Test
  void existingObjectsAreOverwrittenOrStopTheRestoreAsAsked() {
    JsonNode wanted = live("configmaps", SHOP, DemoShop.A_CONFIG_MAP).path("data");
    sandbox.apply(
        SHOP,
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
            + DemoShop.A_CONFIG_MAP
            + "}, data: {broken: 'yes'}}");

    CommandLineRun refused =
        run("restore", "latest", "-n", SHOP, "--existing", "fail", "--only", "configmaps");
    assertEquals(1, refused.status(), refused.err());
    assertTrue(refused.err().contains("exists in namespace shop"), refused.err());
    succeeds(
        "restore",
        "latest",
        "-n",
        SHOP,
        "--existing",
        "overwrite",
        "--only",
        "configmaps",
        "--yes");

    assertEquals(wanted, live("configmaps", SHOP, DemoShop.A_CONFIG_MAP).path("data"));
  }

  @Test
  void aMisspeltNamespaceIsNoRestorePoint() {
    CommandLineRun run = run("backup", "-n", "shopp");

    assertEquals(4, run.status(), run.out() + run.err());
    assertTrue(run.err().contains("there is no namespace shopp"), run.err());
    assertEquals(1, json("points").path("items").size());
  }

  @Test
  void secretsAreMaskedUntilAskedFor() {
    sandbox.apply(
        SHOP,
        "{apiVersion: v1, kind: Secret, metadata: {name: payment-key}, stringData: {api-key:"
            + " other}}");
    String[] plan = {
      "restore",
      "latest",
      "-n",
      SHOP,
      "--only",
      "secret/payment-key",
      "--existing",
      "overwrite",
      "--dry-run",
      "-o",
      "json"
    };

    String masked = succeeds(plan);
    assertFalse(masked.contains("ZGVtby1vbmx5LTA4MTU="), masked);
    String shown =
        succeeds(
            Stream.concat(Stream.of(plan), Stream.of("--show-secrets")).toArray(String[]::new));

    assertTrue(shown.contains("ZGVtby1vbmx5LTA4MTU="), shown);
  }

  @Test
  void aKilledRestoreIsSeenByEveryoneAndTakenUpByItsRepetition() throws Exception {
    String[] restore = {"restore", "latest", "-n", SHOP, "--to-namespace", "copy"};
    sandbox.faults().slowStreams(100_000);
    Process killed = BackstayProcess.start(folder.resolve("home"), environment, restore);
    awaitHalfWritten();
    killed.destroyForcibly().waitFor();
    sandbox.faults().clear();
    assertFalse(live("persistentvolumeclaims", "copy", "uploads").at(UNFINISHED).isMissingNode());

    CommandLineRun other = CommandLineRun.of(folder.resolve("other-home"), environment, restore);
    assertEquals(3, other.status(), other.out() + other.err());
    assertTrue(other.err().contains("is half written by restore job"), other.err());
    assertTrue(sandbox.get("deployments.apps", "copy", "uploads").isEmpty());

    succeeds(restore);
    sandbox.settle(PATIENCE);
    for (String pvc : List.of("uploads", "data-db-0")) {
      assertEquals(content(sandbox.volume(SHOP, pvc)), content(sandbox.volume("copy", pvc)));
      assertTrue(live("persistentvolumeclaims", "copy", pvc).at(UNFINISHED).isMissingNode());
    }
    assertEquals(
        1, live("deployments.apps", "copy", "uploads").at("/status/readyReplicas").asInt());
    assertTrue(json("cleanup", "--dry-run").path("items").isEmpty());
  }

  private void awaitHalfWritten() throws Exception {
    for (int i = 0; i < 600; i++) {
      Thread.sleep(100);
      if (filesInCopy() > 3) {
        return;
      }
    }
    throw new AssertionError("nothing was written within a minute");
  }

  private long filesInCopy() throws IOException {
    if (sandbox.get("persistentvolumeclaims", "copy", "uploads").isEmpty()) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(sandbox.volume("copy", "uploads"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (NotFoundException | UncheckedIOException e) {
      return 0; // not provisioned yet, or just renamed
    }
  }
}
