package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.NotFoundException;
import dev.backstay.sandbox.DemoShop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `backstay restore` on the demo cluster, in its variations.
class RestoreOnSandboxTest {

  private static final String SHOP = Shop.NAMESPACE;
  private static final String UNFINISHED = "/metadata/annotations/backstay.dev~1unfinished-restore";

  @TempDir Path folder;

  private Shop shop;

  @BeforeEach
  void backedUpShop() throws IOException {
    shop = Shop.open(folder);
    shop.succeeds("backup", "-n", SHOP);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private Path uploads() {
    return shop.sandbox().volume(SHOP, "uploads");
  }

  @Test
  void withoutOptionsNothingThatExistsIsTouched() throws IOException {
    Path invoice = uploads().resolve(DemoShop.A_FILE);
    Files.writeString(invoice, "newer than the restore point");
    shop.sandbox().delete("configmaps", SHOP, DemoShop.A_CONFIG_MAP);

    shop.succeeds("restore", "latest", "-n", SHOP);

    assertEquals("newer than the restore point", Files.readString(invoice));
    assertTrue(shop.sandbox().get("configmaps", SHOP, DemoShop.A_CONFIG_MAP).isPresent());
  }

  @Test
  void aDamagedRestorePointHidesNoOther() throws IOException {
    String whole = shop.succeeds("points", "-o", "name").strip();
    Set<Path> before = packs();
    Files.writeString(uploads().resolve("later.txt"), "written after the restore point");
    shop.succeeds("backup", "-n", SHOP);
    for (Path pack : packs()) {
      if (!before.contains(pack)) {
        Files.delete(pack);
      }
    }
    for (Path file : files(shop.home().resolve("data/catalog"))) {
      Files.delete(file);
    }

    CommandLineRun run = shop.run("points", "-o", "json");

    assertEquals(3, run.status(), run.err());
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertEquals(1, json.get("items").size(), run.out());
    assertEquals(whole, json.at("/items/0/id").asString());
    assertEquals(1, json.get("warnings").size(), run.out());
    shop.sandbox().delete("configmaps", SHOP, DemoShop.A_CONFIG_MAP);
    shop.succeeds("restore", "latest", "-n", SHOP);
    assertTrue(shop.sandbox().get("configmaps", SHOP, DemoShop.A_CONFIG_MAP).isPresent());
  }

  private Set<Path> packs() throws IOException {
    return files(shop.folder().resolve("repository/data"));
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }

  @Test
  void aJobIsShownWithItsLog() {
    String id = shop.succeeds("jobs", "-o", "name").strip();
    JsonNode job = shop.json("jobs", id.substring(0, 6));
    assertEquals(id, job.get("job").asString());
    String log = job.get("log").toString();
    assertTrue(log.contains("step: commit"), log);
    assertTrue(log.contains("creating /api"), log);
    assertTrue(shop.succeeds("jobs", id).contains("  step: manifests\n"));
    assertEquals(4, shop.run("jobs", "zzz").status());
  }

  @Test
  void mirrorStopsTheWorkloadKeepsWhatItReplacesAndMakesTheVolumeAsItWas() throws IOException {
    Map<String, String> before = shop.content(SHOP, "uploads");
    Files.writeString(uploads().resolve(DemoShop.A_FILE), "damaged");
    Files.writeString(uploads().resolve("later.txt"), "written after the restore point");
    String[] mirror = {
      "restore", "latest", "-n", SHOP, "--only", "pvc/uploads", "--volumes", "mirror"
    };

    CommandLineRun unasked = shop.run(mirror);
    assertEquals(2, unasked.status(), unasked.err());
    assertTrue(unasked.err().contains("--yes"), unasked.err());
    String result = shop.succeeds(Shop.with(mirror, "--yes"));
    shop.settle();

    assertEquals(before, shop.content(SHOP, "uploads"), result);
    assertEquals(
        1, shop.live("deployments.apps", SHOP, "uploads").at("/status/readyReplicas").asInt());
    assertTrue(shop.live("persistentvolumeclaims", SHOP, "uploads").at(UNFINISHED).isMissingNode());
    JsonNode points = shop.json("points", "-n", SHOP).path("items");
    assertEquals(2, points.size(), points.toString());
    assertTrue(points.get(0).path("selective").asBoolean(), points.toString());
    String kept = points.get(0).path("id").asString();
    assertEquals(
        "written after the restore point",
        shop.succeeds("cat", kept + ":/volumes/uploads/later.txt"));
    // what a restore kept is not what 'latest' means
    assertTrue(shop.json("ls", "latest:/volumes", "-n", SHOP).toString().contains("data-db-0"));
  }

  @Test
  void intoAnotherNamespaceAndClass() throws IOException {
    shop.succeeds(
        "restore",
        "latest",
        "-n",
        SHOP,
        "--to-namespace",
        "copy",
        "--class-map",
        "standard=immediate");
    shop.settle();

    for (String pvc : List.of("uploads", "data-db-0")) {
      assertEquals(shop.content(SHOP, pvc), shop.content("copy", pvc));
      JsonNode claim = shop.live("persistentvolumeclaims", "copy", pvc);
      assertEquals("immediate", claim.at("/spec/storageClassName").asString());
      assertTrue(claim.at(UNFINISHED).isMissingNode(), claim.toString());
    }
    assertEquals(
        1, shop.live("statefulsets.apps", "copy", "db").at("/status/readyReplicas").asInt());
    assertTrue(shop.json("cleanup", "--dry-run").path("items").isEmpty());
  }

  @Test
  void existingObjectsAreOverwrittenOrStopTheRestoreAsAsked() {
    JsonNode wanted = shop.live("configmaps", SHOP, DemoShop.A_CONFIG_MAP).path("data");
    shop.sandbox()
        .apply(
            SHOP,
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
                + DemoShop.A_CONFIG_MAP
                + "}, data: {broken: 'yes'}}");

    CommandLineRun refused =
        shop.run("restore", "latest", "-n", SHOP, "--existing", "fail", "--only", "configmaps");
    assertEquals(1, refused.status(), refused.err());
    assertTrue(refused.err().contains("exists in namespace shop"), refused.err());
    shop.succeeds(
        "restore",
        "latest",
        "-n",
        SHOP,
        "--existing",
        "overwrite",
        "--only",
        "configmaps",
        "--yes");

    assertEquals(wanted, shop.live("configmaps", SHOP, DemoShop.A_CONFIG_MAP).path("data"));
    // what was overwritten is kept, and no more than that
    JsonNode kept = shop.json("points", "-n", SHOP).at("/items/0");
    assertTrue(kept.path("selective").asBoolean(), kept.toString());
    String id = kept.path("id").asString();
    String manifests = id + ":/manifests/core/configmaps/" + DemoShop.A_CONFIG_MAP + ".yaml";
    assertTrue(shop.succeeds("cat", manifests).contains("broken"), id);
    assertFalse(shop.json("ls", id + ":/manifests/core").toString().contains("secrets"));
  }

  /// Who may overwrite an object but cannot keep a restore point of it is told before anything.
  @Test
  void withoutTheRightsForASafetyPointNothingIsOverwritten() {
    shop.sandbox()
        .apply(
            SHOP,
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: %s}
            data: {broken: "yes"}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: writer}
            rules:
            - apiGroups: [""]
              resources: [configmaps]
              verbs: [get, create, update, patch]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: writer}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: writer}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: writer}]
            """
                .formatted(DemoShop.A_CONFIG_MAP));
    Map<String, String> writer = new java.util.HashMap<>(shop.environment());
    writer.put("KUBECONFIG", shop.sandbox().kubeconfig("writer", SHOP).toString());
    CommandLineRun run =
        CommandLineRun.of(
            shop.home(),
            writer,
            "restore",
            "latest",
            "--to-context",
            "sandbox-writer",
            "--to-namespace",
            SHOP,
            "--existing",
            "overwrite",
            "--only",
            "configmap/" + DemoShop.A_CONFIG_MAP,
            "--yes");
    assertEquals(1, run.status(), run.out() + run.err());
    assertTrue(run.err().contains("restore.no-safety-point"), run.err());
    assertTrue(run.err().contains("list configmaps"), run.err());
    assertTrue(
        shop.live("configmaps", SHOP, DemoShop.A_CONFIG_MAP).at("/data").has("broken"), "kept");
  }

  @Test
  void aMisspeltNamespaceIsNoRestorePoint() {
    CommandLineRun run = shop.run("backup", "-n", "shopp");

    assertEquals(4, run.status(), run.out() + run.err());
    assertTrue(run.err().contains("there is no namespace shopp"), run.err());
    assertEquals(1, shop.json("points").path("items").size());
  }

  @Test
  void secretsAreMaskedUntilAskedFor() {
    shop.sandbox()
        .apply(
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

    String masked = shop.succeeds(plan);
    assertFalse(masked.contains("ZGVtby1vbmx5LTA4MTU="), masked);
    String shown = shop.succeeds(Shop.with(plan, "--show-secrets"));

    assertTrue(shown.contains("ZGVtby1vbmx5LTA4MTU="), shown);
  }

  @Test
  void aKilledRestoreIsSeenByEveryoneAndTakenUpByItsRepetition() throws Exception {
    String[] restore = {"restore", "latest", "-n", SHOP, "--to-namespace", "copy"};
    shop.sandbox().faults().slowStreams(100_000);
    Process killed = shop.start(restore);
    awaitHalfWritten();
    killed.destroyForcibly().waitFor();
    shop.sandbox().faults().clear();
    assertFalse(
        shop.live("persistentvolumeclaims", "copy", "uploads").at(UNFINISHED).isMissingNode());

    CommandLineRun other =
        CommandLineRun.of(folder.resolve("other-home"), shop.environment(), restore);
    assertEquals(3, other.status(), other.out() + other.err());
    assertTrue(other.err().contains("is half written by restore job"), other.err());
    assertTrue(shop.sandbox().get("deployments.apps", "copy", "uploads").isEmpty());

    shop.succeeds(restore);
    shop.settle();
    for (String pvc : List.of("uploads", "data-db-0")) {
      assertEquals(shop.content(SHOP, pvc), shop.content("copy", pvc));
      assertTrue(shop.live("persistentvolumeclaims", "copy", pvc).at(UNFINISHED).isMissingNode());
    }
    assertEquals(
        1, shop.live("deployments.apps", "copy", "uploads").at("/status/readyReplicas").asInt());
    assertTrue(shop.json("cleanup", "--dry-run").path("items").isEmpty());
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
    if (shop.sandbox().get("persistentvolumeclaims", "copy", "uploads").isEmpty()) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(shop.sandbox().volume("copy", "uploads"))) {
      return files.filter(Files::isRegularFile).count();
    } catch (NotFoundException | UncheckedIOException e) {
      return 0; // not provisioned yet, or just renamed
    }
  }
}
