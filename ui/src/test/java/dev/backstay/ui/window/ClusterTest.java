package dev.backstay.ui.window;

import static dev.backstay.ui.window.Steps.cluster;
import static dev.backstay.ui.window.Steps.ended;
import static dev.backstay.ui.window.Steps.go;
import static dev.backstay.ui.window.Steps.items;
import static dev.backstay.ui.window.Steps.newest;
import static dev.backstay.ui.window.Steps.select;
import static dev.backstay.ui.window.Steps.selectSnapshot;
import static dev.backstay.ui.window.Steps.tree;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Outcome;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.namespace.Row;
import dev.backstay.ui.shell.Place;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.TreeTableView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The main jobs through the window on a real cluster: real pods write, real snapshots are taken.
@Tag("cluster")
final class ClusterTest {

  private static final String SHOP =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {currency: EUR}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: uploads, labels: {app: shop}}
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: immediate
        resources: {requests: {storage: 64Mi}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: web, labels: {app: shop}}
      spec:
        selector: {matchLabels: {app: web}}
        template:
          metadata: {labels: {app: web}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
            - name: c
              image: busybox
              imagePullPolicy: IfNotPresent
              command: [sh, -c, "while :; do sleep 60; done"]
              volumeMounts: [{name: v, mountPath: /data}]
            volumes: [{name: v, persistentVolumeClaim: {claimName: uploads}}]
      """;

  @TempDir Path folder;

  private final String namespace =
      "backstay-window-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
  private final Kubectl kubectl = new Kubectl(namespace);

  @BeforeEach
  void shop() throws Exception {
    kubectl.run("create", "namespace", namespace);
    kubectl.apply(SHOP);
    kubectl.run("rollout", "status", "deployment/web", "--timeout=180s");
    kubectl.inPod(
        "deployment/web",
        "mkdir -p /data/documents; for i in 1 2 3; do echo invoice $i >"
            + " /data/documents/invoice-$i.txt; done; sync");
  }

  @AfterEach
  void remove() throws Exception {
    kubectl.run("delete", "namespace", namespace, "--wait=false");
  }

  private void open(WindowRun run) {
    String context = Toolkit.on(() -> cluster(run).key().name());
    Toolkit.run(() -> run.window().open(context, namespace));
    run.until("the namespace is shown", () -> run.shows("namespace-summary", "1 PVC"));
  }

  private void backUp(WindowRun run) {
    open(run);
    run.press("back-up");
    run.until("the plan is there", () -> run.shows("backup-total", "→"));
    run.shots("cluster-backup");
    run.press("backup-start");
    run.until("it runs", () -> run.has("job-cancel"));
    run.shots("cluster-job");
    assertInstanceOf(Outcome.Completed.class, ended(run));
  }

  @Test
  void aLostFileIsFoundAndRestored() throws Exception {
    try (WindowRun run = WindowRun.onCluster(folder)) {
      backUp(run);
      kubectl.inPod(
          "deployment/web",
          "rm /data/documents/invoice-2.txt; echo changed > /data/documents/invoice-3.txt; sync");
      RestorePoint point = newest(run, 1);
      open(run);
      run.shots("cluster-namespace");
      go(run, new Place.Browse(point, "/volumes/uploads/documents/invoice-2.txt"));
      run.until("its text is shown", () -> run.says("#preview-text", ""));
      run.shots("cluster-browse");
      run.press("browse-restore");
      Steps.choose(run, "restore-origin");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-agree"));
      run.shots("cluster-restore-plan");
      run.press("restore-agree");
      run.press("restore-start");
      Outcome outcome = ended(run);
      assertInstanceOf(Outcome.Completed.class, outcome, outcome.toString());
      kubectl.run("rollout", "status", "deployment/web", "--timeout=180s");
      assertEquals(
          "invoice 2", kubectl.inPod("deployment/web", "cat /data/documents/invoice-2.txt"));
      assertEquals("changed", kubectl.inPod("deployment/web", "cat /data/documents/invoice-3.txt"));
      go(run, new Place.Browse(point, "/manifests"));
      Steps.tab(run, 2);
      run.settle();
      run.shots("cluster-compare-live");
    }
  }

  @Test
  void aNamespaceComesBackUnderAnotherName() throws Exception {
    String copy = namespace + "-restored";
    try (WindowRun run = WindowRun.onCluster(folder)) {
      backUp(run);
      RestorePoint point = newest(run, 1);
      go(run, new Place.Restore(point, List.of()));
      run.press("restore-next");
      run.shots("cluster-restore-where");
      run.press("restore-next");
      run.until("the plan is there", () -> run.has("restore-objects"));
      run.press("restore-start");
      Outcome outcome = ended(run);
      assertInstanceOf(Outcome.Completed.class, outcome, outcome.toString());
      Kubectl there = new Kubectl(copy);
      there.run("rollout", "status", "deployment/web", "--timeout=180s");
      assertEquals("invoice 2", there.inPod("deployment/web", "cat /data/documents/invoice-2.txt"));
    } finally {
      kubectl.run("delete", "namespace", copy, "--ignore-not-found", "--wait=false");
    }
  }

  @Test
  void aVolumeSnapshotIsTakenAndBecomesAPvc() throws Exception {
    try (WindowRun run = WindowRun.onCluster(folder)) {
      open(run);
      select(tree(run), "uploads");
      run.press("take-volumesnapshot");
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      open(run);
      TreeTableView<Row> tree = tree(run);
      run.until("it stands in the tree", () -> selectSnapshot(tree, "uploads"));
      run.shots("cluster-volumesnapshot");
      run.press("details-make-pvc");
      run.type("dialog-text", "uploads-copy");
      run.until("its plan is there", () -> run.says("#dialog-plan", "uploads-copy"));
      run.press("dialog-action");
      assertInstanceOf(Outcome.Completed.class, ended(run));
      assertTrue(kubectl.run("get", "pvc", "uploads-copy", "-o", "name").contains("uploads-copy"));
      go(run, new Place.Classes(cluster(run)));
      run.until("the classes are there", () -> items(run, "classes") > 0 || run.has("classes"));
      run.shots("cluster-classes");
    }
  }
}
