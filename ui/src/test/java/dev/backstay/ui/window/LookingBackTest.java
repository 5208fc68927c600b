package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.Difference;
import dev.backstay.workflow.browse.FileVersion;
import dev.backstay.workflow.browse.LiveComparison;
import dev.backstay.workflow.browse.LiveText;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions and comparisons, as the window asks for them, on the demo shop's three restore points.
final class LookingBackTest {

  private static final String SETTINGS = "/manifests/core/configmaps/shop-settings.yaml";

  @TempDir Path folder;

  @Test
  void tellsVersionsDifferencesAndWhatIsLive() throws Exception {
    try (WindowRun run = WindowRun.shop(folder);
        Secret secret = Secret.of(WindowRun.PASSWORD);
        RepositorySession repository =
            RepositorySession.open(new RepositoryLocation(run.repository.toString()), secret);
        ClusterSession cluster = run.session()) {
      run.until("points are known", () -> run.window().desk().points().all().size() == 3);
      List<RestorePoint> points = run.window().desk().points().all();
      versions(repository, points);
      differences(repository, points);
      live(run, repository, cluster, points.getFirst());
    }
  }

  private static void versions(RepositorySession repository, List<RestorePoint> points) {
    List<FileVersion> settings = versions(repository, points, SETTINGS);
    assertEquals(3, settings.size(), "each state has settings of its own");
    List<FileVersion> same = versions(repository, points, "/volumes/uploads/" + DemoShop.A_FILE);
    assertEquals(1, same.size(), "equal contents are one version");
    assertEquals(3, same.getFirst().points());
    assertEquals(points.getLast(), same.getFirst().oldest());
    List<FileVersion> none = versions(repository, points, "/volumes/uploads/none");
    assertEquals(FileVersion.Presence.ABSENT, none.getFirst().presence());
  }

  private static List<FileVersion> versions(
      RepositorySession repository, List<RestorePoint> points, String path) {
    Map<String, FileVersion> found = new LinkedHashMap<>();
    new Browsing(repository).versions(points, path, v -> found.put(v.key(), v), new CancelToken());
    return List.copyOf(found.values());
  }

  private static void differences(RepositorySession repository, List<RestorePoint> points) {
    List<Difference> found = new ArrayList<>();
    Browsing browsing = new Browsing(repository);
    browsing.differences(
        points.getLast().id(), points.getFirst().id(), "/manifests", found::add, new CancelToken());
    assertTrue(
        found.stream()
            .anyMatch(d -> d.path().equals(SETTINGS) && d.kind() == Difference.Kind.CHANGED),
        found.toString());
    found.clear();
    browsing.differences(
        points.getFirst().id(), points.getFirst().id(), "/", found::add, new CancelToken());
    assertTrue(found.isEmpty(), found.toString());
  }

  private static void live(
      WindowRun run, RepositorySession repository, ClusterSession cluster, RestorePoint point) {
    LiveComparison comparison = new LiveComparison(repository, cluster);
    assertEquals(LiveText.State.SAME, state(comparison, point, SETTINGS));
    run.sandbox()
        .apply(
            "shop",
            "{apiVersion: v1, kind: Secret, metadata: {name: db-login}, stringData: {password:"
                + " other}}");
    LiveText secret =
        comparison.compare(
            point.id(), "/manifests/core/secrets/db-login.yaml", "shop", false, new CancelToken());
    assertEquals(LiveText.State.DIFFERENT, secret.state());
    assertFalse(secret.live().contains("b3RoZXI"), secret.live());
    run.sandbox().delete("configmaps", "shop", DemoShop.A_CONFIG_MAP);
    assertEquals(LiveText.State.ABSENT, state(comparison, point, SETTINGS));
  }

  private static LiveText.State state(LiveComparison comparison, RestorePoint point, String path) {
    return comparison.compare(point.id(), path, "shop", false, new CancelToken()).state();
  }
}
