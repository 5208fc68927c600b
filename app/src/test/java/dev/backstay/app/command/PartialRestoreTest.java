package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.DemoShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Parts of volumes, and plans that were saved.
class PartialRestoreTest {

  private static final String SHOP = Shop.NAMESPACE;

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
  void oneFileComesBackAndNothingElseChanges() throws IOException {
    Path lost = uploads().resolve(DemoShop.A_FILE);
    Path changed = lost.resolveSibling("invoice-0008.txt");
    byte[] content = Files.readAllBytes(lost);
    Files.delete(lost);
    Files.writeString(changed, "changed since");
    FileTime images = Files.getLastModifiedTime(uploads().resolve("images"));
    String only = "pvc/uploads:" + DemoShop.A_FILE;

    JsonNode plan =
        shop.json(
            "restore", "latest", "-n", SHOP, "--only", only, "--volumes", "merge", "--dry-run");
    assertEquals(1, plan.path("volumes").path(0).path("files").asInt(), plan.toString());
    shop.succeeds("restore", "latest", "-n", SHOP, "--only", only, "--volumes", "merge", "--yes");

    assertArrayEquals(content, Files.readAllBytes(lost));
    assertEquals("changed since", Files.readString(changed));
    assertEquals(images, Files.getLastModifiedTime(uploads().resolve("images")));
  }

  @Test
  void aPlanTellsWhatHappensToEachFile() throws IOException {
    Path lost = uploads().resolve(DemoShop.A_FILE);
    Files.delete(lost);
    Files.writeString(lost.resolveSibling("invoice-0008.txt"), "changed since, and longer");
    Files.writeString(lost.resolveSibling("new,since.txt"), "new");

    JsonNode changes = changes("mirror");
    assertEquals("create", action(changes, DemoShop.A_FILE), changes.toString());
    String changed = DemoShop.A_FILE.replace("0007", "0008");
    assertEquals("overwrite", action(changes, changed), changes.toString());
    assertEquals("delete", action(changes, DemoShop.A_FILE.replace("invoice-0007", "new,since")));
    assertEquals(1, changes.at("/counts/create").asInt(), changes.toString());
    assertEquals(1, changes.at("/counts/delete").asInt(), changes.toString());
    assertTrue(changes.at("/counts/skip").asInt() > 10, changes.toString());
    assertTrue(changes.path("unknown").isNull(), changes.toString());
    assertFalse(Files.exists(lost), "nothing was written");
    assertTrue(changes("merge").at("/counts/delete").isMissingNode());
  }

  private JsonNode changes(String volumes) {
    return shop.json(
            "restore",
            "latest",
            "-n",
            SHOP,
            "--only",
            "pvc/uploads",
            "--volumes",
            volumes,
            "--dry-run")
        .at("/volumes/0/changes");
  }

  private static String action(JsonNode changes, String path) {
    for (JsonNode file : changes.path("files")) {
      if (file.path("path").asString("").equals(path)) {
        return file.path("action").asString("");
      }
    }
    return "not listed";
  }

  /// Without a running pod a plan cannot look, and says so.
  @Test
  void aPlanSaysWhenItCannotSeeWhatIsThere() {
    shop.sandbox().delete("deployments.apps", SHOP, "uploads");
    shop.settle();
    JsonNode changes = changes("merge");
    assertTrue(changes.path("unknown").asString("").contains("no running pod"), changes.toString());
    assertEquals("create-or-overwrite", action(changes, DemoShop.A_FILE), changes.toString());
  }

  @Test
  void mirroringAFolderDeletesOnlyInIt() throws IOException {
    Path inside = uploads().resolve("documents").resolve("new.txt");
    Path outside = uploads().resolve("images").resolve("new.txt");
    Files.writeString(inside, "new");
    Files.writeString(outside, "new");

    shop.succeeds(
        "restore",
        "latest",
        "-n",
        SHOP,
        "--only",
        "pvc/uploads:documents",
        "--volumes",
        "mirror",
        "--yes");

    assertFalse(Files.exists(inside));
    assertTrue(Files.exists(outside));
  }

  @Test
  void whatIsLeftOutStaysAsItIs() throws IOException {
    Path document = uploads().resolve(DemoShop.A_FILE);
    Files.writeString(document, "newer");

    shop.succeeds(
        "restore",
        "latest",
        "-n",
        SHOP,
        "--only",
        "pvc/uploads",
        "--only",
        "!pvc/uploads:documents",
        "--volumes",
        "merge",
        "--yes");

    assertEquals("newer", Files.readString(document));
  }

  @Test
  void aPathThatIsNotInTheRestorePointBlocksThePlan() {
    CommandLineRun run =
        shop.run(
            "restore", "latest", "-n", SHOP, "--only", "pvc/uploads:no/such", "--volumes", "merge");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("no/such"), run.err());
  }

  @Test
  void aSavedPlanIsCarriedOutWithTheSameResult() throws IOException {
    shop.sandbox().delete("configmaps", SHOP, DemoShop.A_CONFIG_MAP);
    Path plan = folder.resolve("plan.yaml");

    shop.succeeds("restore", "latest", "-n", SHOP, "--save-plan", plan.toString());
    assertTrue(shop.sandbox().get("configmaps", SHOP, DemoShop.A_CONFIG_MAP).isEmpty());
    shop.succeeds("restore", "--plan", plan.toString());

    assertTrue(shop.sandbox().get("configmaps", SHOP, DemoShop.A_CONFIG_MAP).isPresent());
  }

  @Test
  void aSavedPlanIsRefusedWhenTheClusterHasMovedOn() {
    Path plan = folder.resolve("plan.yaml");
    shop.succeeds("restore", "latest", "-n", SHOP, "--save-plan", plan.toString());
    shop.sandbox().delete("configmaps", SHOP, DemoShop.A_CONFIG_MAP);

    CommandLineRun run = shop.run("restore", "--plan", plan.toString());

    assertEquals(1, run.status());
    assertTrue(run.err().contains("restore.plan-outdated"), run.err());
    assertTrue(run.err().contains(DemoShop.A_CONFIG_MAP), run.err());
    assertTrue(shop.sandbox().get("configmaps", SHOP, DemoShop.A_CONFIG_MAP).isEmpty());
  }

  @Test
  void whatIsNoPlanIsToldSo() throws IOException {
    Path file = folder.resolve("other.yaml");
    Files.writeString(file, "kind: ConfigMap\n");
    CommandLineRun run = shop.run("restore", "--plan", file.toString());
    assertEquals(2, run.status());
    assertTrue(run.err().contains("restore.bad-plan"), run.err());
    assertEquals(2, shop.run("restore").status());
  }
}
