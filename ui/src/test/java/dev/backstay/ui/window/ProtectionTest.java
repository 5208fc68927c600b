package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.names;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.select;
import static dev.backstay.ui.window.Steps.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.namespace.Row;
import dev.backstay.ui.palette.Finding;
import dev.backstay.ui.shell.Place;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One look shows what is protected, and what is not.
final class ProtectionTest {

  private static final String BLOG =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: posts, labels: {app: blog}}
      spec:
        accessModes: [ReadWriteMany]
        resources: {requests: {storage: 64Mi}}
      """;

  private static final String ALICE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: pvc-reader}
      rules: [{apiGroups: [""], resources: [persistentvolumeclaims], verbs: [get, list]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: alice}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pvc-reader}
      subjects: [{kind: User, name: alice, apiGroup: rbac.authorization.k8s.io}]
      """;

  @TempDir Path folder;

  private static void open(WindowRun run, String namespace) {
    Toolkit.run(() -> run.window().open("sandbox", namespace));
    run.until("the namespace is shown", () -> run.shows("namespace-summary", "protected"));
  }

  private static void apply(WindowRun run, String namespace, String yaml) {
    run.sandbox()
        .apply("", "{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
    run.sandbox().apply(namespace, yaml);
    run.sandbox().settle(Duration.ofSeconds(20));
  }

  /// A namespace that nobody backed up stands first in the overview, and its PVC in the palette and
  /// on the page of all volumes.
  @Test
  void whatIsInNoRestorePointIsTold() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      apply(run, "blog", BLOG);
      open(run, "shop");
      go(run, new Place.Overview());
      run.until("the overview tells it", () -> run.says("#overview-table", "posts"));
      run.until("it needs attention", () -> run.shows("overview-summary", "attention"));
      run.shots("overview-unprotected");
      List<Finding> found = Toolkit.on(() -> run.window().findings());
      assertTrue(found.stream().anyMatch(f -> f.text().equals("posts")), "in the palette");

      go(run, new Place.Volumes(cluster(run)));
      run.until("all PVCs are listed", () -> items(run, "volumes-pvcs") == 3);
      run.until("they are counted", () -> run.shows("volumes-summary", "2 of 3 PVCs protected"));
      run.shots("volumes");
      run.type("volumes-filter", "unprotected");
      run.until("one is left", () -> items(run, "volumes-pvcs") == 1);
      TableView<?> table = (TableView<?>) run.node("volumes-pvcs");
      Toolkit.run(() -> table.getSelectionModel().selectFirst());
      run.press("volumes-open");
      run.until("its namespace is shown", () -> run.shows("namespace-title", "blog"));
    }
  }

  /// Alice may read PVCs of one namespace and not the uid of kube-system. She opens the repository
  /// that an administrator backs up to, and sees that her data is safe.
  @Test
  void requirement8RestorePointsOfOthersAreFound() throws Exception {
    try (WindowRun admin = WindowRun.shop(folder)) {
      newest(admin, 3);
      admin.sandbox().apply("shop", ALICE);
      Path file = admin.sandbox().kubeconfig("alice", "default");
      try (WindowRun run = WindowRun.on(admin.sandbox(), folder.resolve("alice"), file, Map.of())) {
        String place = admin.repository.toString();
        run.surroundings.keychain.put(place, WindowRun.PASSWORD);
        Toolkit.run(() -> {
          var repositories = run.window().desk().repositories();
          repositories.open(repositories.at(place), null, _ -> {});
        });
        newest(run, 3);
        OpenCluster cluster = cluster(run);
        Toolkit.run(() -> run.window().desk().clusters().open(cluster));
        run.until("it is open", () -> cluster.standing() == OpenCluster.Standing.OPEN);
        run.until(
            "the namespace is known from its restore points",
            () -> cluster.namespaces().stream().anyMatch(n -> n.name().equals("shop")));
        go(run, new Place.Namespace(cluster, "shop"));
        run.until("her PVCs are safe", () -> run.shows("namespace-summary", "2 of 2 PVCs"));
        run.shots("namespace-few-rights");
      }
    }
  }

  /// A VolumeSnapshot that was made from a VolumeSnapshotContent names no PVC.
  @Test
  void requirement12VolumeSnapshotsWithoutAPvcAreShown() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      run.sandbox()
          .apply(
              "shop",
              "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name:"
                  + " imported}, spec: {volumeSnapshotClassName: snap, source:"
                  + " {volumeSnapshotContentName: from-elsewhere}}}");
      open(run, "shop");
      run.until("it has a place", () -> names(tree(run)).contains("Without a PVC"));
      select(tree(run), "Without a PVC");
      Toolkit.run(() -> tree(run).getRoot().getChildren().getLast().setExpanded(true));
      TreeItem<Row> item = Toolkit.on(() -> tree(run).getRoot().getChildren().getLast());
      assertEquals("imported", item.getChildren().getFirst().getValue().name());
      run.shots("namespace-homeless");
    }
  }

  /// Without the CRDs of external-snapshotter nothing is wrong: there are no VolumeSnapshots.
  @Test
  void requirement12AClusterWithoutVolumeSnapshotsIsNoError() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      run.sandbox().withdraw("snapshot.storage.k8s.io");
      run.sandbox().withdraw("groupsnapshot.storage.k8s.io");
      open(run, "shop");
      assertFalse(run.says(".notice", "VolumeSnapshot"), "no warning");
      assertTrue(run.disabled("take-volumesnapshot"));
      assertFalse(run.has("details-take"), "nothing is offered that cannot be");
      run.shots("namespace-no-snapshots");
    }
  }

  /// Sorted by what the columns mean, and found by any of their words.
  @Test
  void requirement11SortedAndFiltered() throws Exception {
    try (WindowRun run = WindowRun.shop(folder)) {
      newest(run, 3);
      apply(run, "shop", BLOG);
      open(run, "shop");
      TreeTableView<Row> tree = tree(run);
      run.until("the new PVC is there", () -> names(tree).contains("posts"));
      Map<String, List<String>> expected =
          Map.of(
              "Name", List.of("shop", "data-db-0", "posts", "uploads"),
              "Protection", List.of("shop", "data-db-0", "uploads", "posts"),
              "Access", List.of("shop", "data-db-0", "uploads", "posts"));
      expected.forEach((column, order) -> {
        Toolkit.run(() ->
            tree.getSortOrder()
                .setAll(
                    List.of(
                        tree.getColumns().stream()
                            .filter(c -> c.getText().equals(column))
                            .findFirst()
                            .orElseThrow())));
        assertEquals(order, names(tree), column);
      });
      Toolkit.run(() -> tree.getSortOrder().clear());
      for (String words : List.of("unprotected", "rwx", "ReadWriteMany")) {
        run.type("namespace-filter", words);
        run.until(words, () -> names(tree).equals(List.of("shop", "posts")));
      }
      run.type("namespace-filter", "");
      run.until("used is told with its part", () -> run.says("#namespace-tree", " %"));
      run.shots("namespace-unprotected");
    }
  }
}
