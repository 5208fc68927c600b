package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.DemoShop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `backup --from-snapshot`: restore points of VolumeSnapshots that somebody took.
class FromSnapshotCommandTest {

  private static final String SHOP = Shop.NAMESPACE;
  private static final String SNAPSHOTS = "volumesnapshots.snapshot.storage.k8s.io";

  @TempDir Path folder;

  private Shop shop;
  private Path invoice;
  private String before;

  @BeforeEach
  void snapshotThenChange() throws IOException {
    shop = Shop.open(folder);
    invoice = shop.sandbox().volume(SHOP, "uploads").resolve(DemoShop.A_FILE);
    before = Files.readString(invoice);
    shop.sandbox()
        .apply(
            SHOP,
            "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name:"
                + " by-hand}, spec: {volumeSnapshotClassName: snap, source:"
                + " {persistentVolumeClaimName: uploads}}}");
    shop.settle();
    Files.writeString(invoice, "changed since");
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private boolean snapshotIsThere() {
    return shop.sandbox().get(SNAPSHOTS, SHOP, "by-hand").isPresent();
  }

  @Test
  void theFilesAreThoseOfTheSnapshot() {
    JsonNode done = shop.json("backup", "-n", SHOP, "--from-snapshot", "by-hand");
    String point = done.path("restorePoint").asString();
    assertEquals(before, shop.succeeds("cat", point + ":/volumes/uploads/" + DemoShop.A_FILE));
    assertTrue(snapshotIsThere(), "it is the user's");
    shop.settle();
    shop.succeeds("cleanup", "-n", SHOP);
    assertTrue(snapshotIsThere(), "it is the user's");
    JsonNode listed = shop.json("points", "-n", SHOP).path("items").path(0);
    Instant cut =
        Instant.parse(shop.live(SNAPSHOTS, SHOP, "by-hand").at("/status/creationTime").asString());
    assertTrue(
        Duration.between(cut, Instant.parse(listed.path("time").asString())).abs().toSeconds() < 2,
        "it is of when the snapshot was cut: " + listed);
    // what is older than it looks is not taken for the newest
    shop.json("backup", "-n", SHOP);
    assertEquals(
        "changed since",
        shop.succeeds("cat", "latest:/volumes/uploads/" + DemoShop.A_FILE, "-n", SHOP));
  }

  @Test
  void thePlanNamesItAndChangesNothing() {
    String plan =
        shop.succeeds(
            "backup", "-n", SHOP, "--from-snapshot", "by-hand", "--dry-run", "-o", "yaml");
    assertTrue(plan.contains("VolumeSnapshot by-hand"), plan);
    assertTrue(plan.contains("PVC and mover pod for uploads"), plan);
    assertFalse(plan.contains("VolumeSnapshot, PVC and mover pod for uploads"), plan);
  }

  @Test
  void whatCannotBeReadIsNamedWithARemedy() {
    CommandLineRun absent = shop.run("backup", "-n", SHOP, "--from-snapshot", "nowhere");
    assertEquals(1, absent.status(), absent.err());
    assertTrue(absent.err().contains("no VolumeSnapshot nowhere"), absent.err());
    assertTrue(absent.err().contains("backstay snapshots -n shop"), absent.err());

    shop.sandbox()
        .apply(
            SHOP,
            "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name:"
                + " again}, spec: {volumeSnapshotClassName: snap, source:"
                + " {persistentVolumeClaimName: uploads}}}");
    shop.settle();
    CommandLineRun two =
        shop.run("backup", "-n", SHOP, "--from-snapshot", "by-hand", "--from-snapshot", "again");
    assertEquals(1, two.status(), two.err());
    assertTrue(two.err().contains("two VolumeSnapshots"), two.err());

    shop.sandbox()
        .apply(
            SHOP,
            "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name:"
                + " broken}, spec: {volumeSnapshotClassName: snap-failing, source:"
                + " {persistentVolumeClaimName: uploads}}}");
    shop.settle();
    CommandLineRun broken =
        shop.run("backup", "-n", SHOP, "--pvc", "uploads", "--from-snapshot", "broken");
    assertTrue(broken.status() != 0, broken.out());
    assertTrue(broken.err().contains("broken, which is not ready"), broken.err() + broken.out());
  }

  @Test
  void aFailedJobLeavesItAlone() {
    shop.sandbox().faults().answer("create", "pods", 500, 1000);
    CommandLineRun failed =
        shop.run("backup", "-n", SHOP, "--pvc", "uploads", "--from-snapshot", "by-hand");
    assertTrue(failed.status() != 0, failed.out());
    shop.sandbox().faults().clear();
    shop.succeeds("cleanup", "-n", SHOP);
    assertTrue(snapshotIsThere());
  }
}
