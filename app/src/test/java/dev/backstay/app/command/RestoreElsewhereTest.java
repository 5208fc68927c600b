package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A restore point of one cluster restored into another, and what cannot be backed up.
class RestoreElsewhereTest {

  private static final String SHOP = Shop.NAMESPACE;

  @TempDir Path folder;

  private Shop shop;
  private Sandbox other;

  @BeforeEach
  void twoClusters() throws IOException {
    shop = Shop.open(folder.resolve("one"));
    other = Sandbox.start(SandboxOptions.in(folder.resolve("two")));
    Path second = folder.resolve("second.conf");
    Files.writeString(
        second, Files.readString(other.kubeconfig()).replace(": sandbox", ": second"));
    Map<String, String> environment = new HashMap<>(shop.environment());
    environment.merge("KUBECONFIG", second.toString(), (a, b) -> a + File.pathSeparator + b);
    shop = new Shop(shop.sandbox(), shop.folder(), environment);
  }

  @AfterEach
  void stop() {
    other.close();
    shop.close();
  }

  @Test
  void aNamespaceMovesToAnotherCluster() throws IOException {
    Map<String, String> content = shop.content(SHOP, "uploads");
    shop.succeeds("backup", "-n", SHOP);
    JsonNode plan =
        shop.json("restore", "latest", "-n", SHOP, "--to-context", "second", "--dry-run");
    assertEquals("second", plan.get("context").asString());
    assertTrue(other.get("namespaces", "", SHOP).isEmpty(), "a dry run makes nothing");

    shop.succeeds("restore", "latest", "-n", SHOP, "--to-context", "second");
    other.settle(Duration.ofSeconds(60));

    Shop there = new Shop(other, shop.folder(), shop.environment());
    assertEquals(content, there.content(SHOP, "uploads"));
    assertTrue(other.get("configmaps", SHOP, DemoShop.A_CONFIG_MAP).isPresent());
    assertTrue(shop.json("cleanup", "--dry-run", "--context", "second").path("items").isEmpty());
    CommandLineRun unknown = shop.run("restore", "latest", "-n", SHOP, "--to-context", "third");
    assertEquals(4, unknown.status(), unknown.err());
    assertTrue(unknown.err().contains("third"), unknown.err());
  }

  @Test
  void aRawBlockPvcIsRefusedByNameAndTheRestGoesOn() {
    shop.sandbox()
        .apply(
            SHOP,
            """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: raw}
            spec:
              accessModes: [ReadWriteOnce]
              volumeMode: Block
              resources: {requests: {storage: 10Mi}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: raw}
            spec:
              containers:
              - name: app
                image: busybox
                volumeDevices: [{name: raw, devicePath: /dev/raw}]
              volumes: [{name: raw, persistentVolumeClaim: {claimName: raw}}]
            """);
    shop.settle();
    CommandLineRun run = shop.run("backup", "-n", SHOP, "-o", "json");
    assertEquals(3, run.status(), run.err());
    JsonNode failures = JsonMapper.shared().readTree(run.out()).get("failures");
    assertEquals(1, failures.size(), failures::toString);
    assertEquals("volume.block", failures.get(0).get("code").asString());
    assertTrue(failures.get(0).get("message").asString().contains("raw"), failures::toString);
  }
}
