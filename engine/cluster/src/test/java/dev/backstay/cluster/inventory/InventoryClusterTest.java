package dev.backstay.cluster.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.Kubectl;
import dev.backstay.cluster.RealCluster;
import dev.backstay.cluster.access.AccessAnswer;
import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.ConnectionSettings;
import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.Kubeconfig;
import dev.backstay.cluster.kubeconfig.KubeconfigFiles;
import dev.backstay.model.Ability.Answer;
import dev.backstay.model.Listing;
import dev.backstay.model.NamespaceInfo;
import dev.backstay.model.NamespaceInfo.NamespaceOrigin;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.StorageClassInfo;
import dev.backstay.model.VolumeSnapshotInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What there is in a real cluster, for an administrator and for a ServiceAccount with one Role.
@Tag("cluster")
class InventoryClusterTest {

  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], storageClassName: standard, resources: {requests: {storage: 32Mi}}}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: nowhere}
      spec: {accessModes: [ReadWriteMany], storageClassName: local, resources: {requests: {storage: 1Gi}}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: user}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - {name: c, image: busybox, imagePullPolicy: IfNotPresent, command: [sleep, "1000"], volumeMounts: [{name: v, mountPath: /data}]}
        volumes: [{name: v, persistentVolumeClaim: {claimName: data}}]
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: limited}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: limited}
      rules:
      - {apiGroups: [""], resources: [configmaps, persistentvolumeclaims, pods], verbs: [get, list]}
      - {apiGroups: [""], resources: [pods/exec], verbs: [get]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: limited}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: limited}
      subjects: [{kind: ServiceAccount, name: limited}]
      """;

  private static final String SNAPSHOT =
      """
      apiVersion: snapshot.storage.k8s.io/v1
      kind: VolumeSnapshot
      metadata: {name: velero-data, labels: {velero.io/backup-name: nightly}}
      spec: {volumeSnapshotClassName: snap, source: {persistentVolumeClaimName: data}}
      """;

  private final String namespace = "connect-" + UUID.randomUUID().toString().substring(0, 8);
  private ClusterConnection connection;

  @TempDir Path folder;

  @BeforeEach
  void fillNamespace() throws Exception {
    connection = RealCluster.open();
    kubectl("", "create", "namespace", namespace);
    kubectl(OBJECTS, "-n", namespace, "apply", "-f", "-");
    kubectl("", "-n", namespace, "wait", "--for=condition=Ready", "pod/user", "--timeout=120s");
    kubectl(SNAPSHOT, "-n", namespace, "apply", "-f", "-");
    kubectl(
        "",
        "-n",
        namespace,
        "wait",
        "--for=jsonpath={.status.readyToUse}=true",
        "volumesnapshot/velero-data",
        "--timeout=60s");
  }

  @AfterEach
  void deleteNamespace() {
    if (connection != null) {
      connection.delete("/api/v1/namespaces/" + namespace, DeleteOptions.BACKGROUND);
      connection.close();
    }
  }

  private static String kubectl(String input, String... arguments) throws Exception {
    return Kubectl.run(Map.of(), input, arguments).succeeded().output();
  }

  private static Inventory inventory(ClusterConnection through) {
    return new Inventory(through, ServedTypes.discover(through));
  }

  @Test
  void anAdministratorSeesAll() {
    Inventory inventory = inventory(connection);
    assertTrue(
        inventory.namespaces(List.of()).items().stream()
            .anyMatch(n -> n.name().equals(namespace) && n.origin() == NamespaceOrigin.LISTED));
    Listing<PvcInfo> pvcs = inventory.pvcs(namespace);
    assertEquals(List.of(), pvcs.warnings());
    PvcInfo data = pvcs.items().get(0);
    assertEquals("data", data.name());
    assertEquals(32 << 20, data.requested());
    assertEquals(List.of("user"), data.pods());
    assertEquals("snap.test.csi", data.driver());
    assertEquals(Answer.YES, data.snapshot().answer(), data.snapshot().source());
    assertEquals("snap", data.snapshotClass().name());
    PvcInfo nowhere = pvcs.items().get(1);
    assertEquals("Pending", nowhere.phase());
    assertEquals(Answer.NO, nowhere.snapshot().answer());
  }

  @Test
  void classesAndSnapshots() {
    Inventory inventory = inventory(connection);
    StorageClassInfo standard =
        inventory.storageClasses().items().stream()
            .filter(c -> c.name().equals("standard"))
            .findFirst()
            .orElseThrow();
    assertTrue(standard.isDefault());
    assertEquals(Answer.YES, standard.snapshot().answer());
    assertEquals(
        "inferred from VolumeSnapshotClass snap (driver snap.test.csi)",
        standard.snapshot().source());
    assertEquals(Answer.UNKNOWN, standard.cloning().answer());
    assertEquals(Answer.YES, standard.expansion().answer());
    assertEquals(Answer.YES, standard.grouping().answer(), standard.grouping().source());
    assertEquals("group", standard.groupClass().name());
    VolumeSnapshotInfo snapshot = inventory.volumeSnapshots(namespace).items().getFirst();
    assertEquals("Velero", snapshot.owner());
    assertEquals("snap.test.csi", snapshot.driver());
    assertEquals("data", snapshot.pvc());
    assertTrue(snapshot.ready());
  }

  @Test
  void aNamespacedRoleSeesItsNamespace() throws Exception {
    try (ClusterConnection limited = limited()) {
      Inventory inventory = inventory(limited);
      Listing<NamespaceInfo> namespaces = inventory.namespaces(List.of("kube-system", "no-such"));
      assertEquals(
          List.of(namespace, "kube-system", "no-such"),
          namespaces.items().stream().map(NamespaceInfo::name).toList());
      assertEquals(1, namespaces.warnings().size());
      Listing<PvcInfo> pvcs = inventory.pvcs(namespace);
      assertEquals("data", pvcs.items().getFirst().name());
      assertEquals("snap.test.csi", pvcs.items().getFirst().driver());
      assertEquals(Answer.UNKNOWN, pvcs.items().getFirst().snapshot().answer());
      assertTrue(limited.clusterId().startsWith("server-"));
      checkAccess(new AccessReview(limited));
    }
  }

  private void checkAccess(AccessReview review) {
    List<AccessAnswer.Verdict> exec =
        review.ask(AccessReview.exec(namespace)).stream().map(AccessAnswer::verdict).toList();
    assertEquals(List.of(AccessAnswer.Verdict.ALLOWED, AccessAnswer.Verdict.DENIED), exec);
    AccessAnswer create =
        review.ask(List.of(AccessQuestion.of("create", "", "pods", namespace))).getFirst();
    assertTrue(create.denied());
  }

  /// Through a kubeconfig with the ServiceAccount's token.
  private ClusterConnection limited() throws Exception {
    String token = kubectl("", "-n", namespace, "create", "token", "limited").strip();
    String ca =
        kubectl(
            "",
            "config",
            "view",
            "--raw",
            "--flatten",
            "--minify",
            "-o",
            "jsonpath={.clusters[0].cluster.certificate-authority-data}");
    Path file = folder.resolve("limited.conf");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: limited
        contexts: [{name: limited, context: {cluster: c, user: u, namespace: %s}}]
        clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: "%s"}}]
        users: [{name: u, user: {token: "%s"}}]
        """
            .formatted(namespace, connection.server(), ca, token));
    Kubeconfig kubeconfig = Kubeconfig.load(KubeconfigFiles.of(file, Map.of(), folder));
    ConnectionSettings settings = RealCluster.settings(folder);
    return ClusterConnection.open(kubeconfig, "", Impersonation.NONE, settings);
  }
}
