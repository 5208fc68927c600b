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
