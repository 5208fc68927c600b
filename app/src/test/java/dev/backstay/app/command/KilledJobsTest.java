package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.system.KilledAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The process is killed at the beginning of every step of every job, one after the other: each
/// next run takes up where the last one died, and in the end all is as if nothing had happened.
class KilledJobsTest {

  private static final String SHOP = Shop.NAMESPACE;

  @TempDir Path folder;

  private Shop shop;

  @BeforeEach
  void open() throws IOException {
    shop = Shop.open(folder);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  /// Kills it at each step, then lets it come to its end.
  private JsonNode killedAtEach(List<String> steps, String... arguments) throws Exception {
    List<String> missed = new ArrayList<>();
    for (String step : steps) {
      Process process = shop.start(arguments);
      if (!KilledAt.step(shop.home(), step, process)) {
        missed.add(step);
      }
    }
    assertEquals(List.of(), missed, "steps at which it was not killed");
    return shop.json(arguments);
  }

  private void nothingIsLeft() {
    assertTrue(shop.json("cleanup", "--dry-run").path("items").isEmpty());
    for (JsonNode job : shop.json("jobs").path("items")) {
      assertEquals("completed", job.path("state").asString(), job.toString());
    }
  }

  private Set<String> objects() {
    Set<String> names = new TreeSet<>();
    for (String kind : List.of("pvcs", "snapshots")) {
      for (JsonNode item : shop.json(kind, "-n", SHOP).path("items")) {
        names.add(kind + "/" + item.path("name").asString());
      }
    }
    return names;
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
    assertEquals(1, shop.json("jobs").path("items").size());
    assertEquals(1, shop.json("points").path("items").size());
    nothingIsLeft();
    shop.succeeds("repo", "check", "--read-data");
  }

  @Test
  void aRestoreIntoANewNamespace() throws Exception {
    shop.succeeds("backup", "-n", SHOP);

    killedAtEach(
        List.of("objects", "files", "workloads", "readiness"),
        "restore",
        "latest",
        "-n",
        SHOP,
        "--to-namespace",
        "copy");

    shop.settle();
    for (String pvc : List.of("uploads", "data-db-0")) {
      assertEquals(shop.content(SHOP, pvc), shop.content("copy", pvc));
    }
    nothingIsLeft();
  }

  @Test
  void aRestoreThatReplaces() throws Exception {
    shop.succeeds("backup", "-n", SHOP);
    Map<String, String> before = shop.content(SHOP, "uploads");
    Files.writeString(shop.sandbox().volume(SHOP, "uploads").resolve("later.txt"), "later");

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

    shop.settle();
    assertEquals(before, shop.content(SHOP, "uploads"));
    JsonNode deployment = shop.live("deployments.apps", SHOP, "uploads");
    assertEquals(1, deployment.at("/spec/replicas").asInt());
    assertEquals(1, deployment.at("/status/readyReplicas").asInt());
    assertTrue(deployment.at("/metadata/annotations/backstay.dev~1replicas").isMissingNode());
    nothingIsLeft();
  }
}
