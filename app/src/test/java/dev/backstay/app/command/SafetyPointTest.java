package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Outcome;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.MoverOptions;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.restore.ExistingObjects;
import dev.backstay.workflow.restore.ExistingVolumes;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.RestoreRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The restore point of what a restore replaces, when it cannot be taken.
class SafetyPointTest {

  @TempDir Path folder;

  private Shop shop;

  @BeforeEach
  void backedUpShop() throws IOException {
    shop = Shop.open(folder);
    shop.succeeds("backup", "-n", Shop.NAMESPACE);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private Engine engine() throws IOException {
    return Engine.open(
        new EngineSettings(
            Files.createDirectories(folder.resolve("data")),
            Files.createDirectories(folder.resolve("state")),
            Files.createDirectories(folder.resolve("cache")),
            Map.of("PATH", System.getenv("PATH")),
            InstantSource.system(),
            MoverOptions.DEFAULT,
            List::of));
  }

  /// Between the plan and the job the rights have gone: nothing is stopped, nothing is replaced.
  @Test
  void itIsLookedAtAgainBeforeAnyWorkloadStops() throws IOException {
    Path invoice = shop.sandbox().volume(Shop.NAMESPACE, "uploads").resolve(DemoShop.A_FILE);
    Files.writeString(invoice, "newer");
    try (Engine engine = engine();
        Secret secret = Secret.of("correct horse");
        RepositorySession repository =
            RepositorySession.open(
                new RepositoryLocation(folder.resolve("repository").toString()), secret);
        ClusterSession cluster =
            engine
                .clusters()
                .open(
                    new ContextRequest(
                        shop.sandbox().kubeconfig(), "", "", List.of(), (_, _) -> false))) {
      RestorePlan plan =
          engine.plan(
              new RestoreRequest(
                  "latest",
                  PointFilter.ALL,
                  "",
                  Map.of(),
                  List.of("pvc/uploads"),
                  ExistingObjects.SKIP,
                  ExistingVolumes.MERGE,
                  false,
                  false,
                  false),
              cluster,
              repository,
              new CancelToken());
      assertTrue(plan.preview().safetyBackUp());
      assertEquals(List.of(), plan.preview().blockers());
      assertEquals(1, plan.preview().pauses().size());
      shop.sandbox().faults().answer("list", "persistentvolumeclaims", 403, 1000);
      shop.sandbox().requests().record();

      Outcome outcome = engine.submit(plan).await();

      Outcome.Failed failed = assertInstanceOf(Outcome.Failed.class, outcome);
      assertTrue(
          failed.error().code().equals("restore.no-safety-point"), failed.error().toString());
      List<String> writes =
          shop.sandbox().requests().seen().stream()
              .filter(r -> r.startsWith("PATCH") || r.startsWith("PUT") || r.startsWith("DELETE"))
              .toList();
      assertEquals(List.of(), writes);
    }
    assertEquals("newer", Files.readString(invoice));
  }
}
