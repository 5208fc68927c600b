package dev.backstay.cluster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.Kubectl;
import dev.backstay.cluster.RealCluster;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A namespace is read from a real API server, and kubectl finds nothing to change in what was
/// stored.
@Tag("cluster")
class ManifestReaderClusterTest {

  private static final String OBJECTS =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: limited}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: limited}
      rules:
      - {apiGroups: [""], resources: [configmaps, persistentvolumeclaims], verbs: [get, list]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: limited}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: limited}
      subjects: [{kind: ServiceAccount, name: limited}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: viewers}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
      subjects: [{kind: ServiceAccount, name: limited}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata:
        name: odd
        annotations: {"yes": "no", "n": "0x10", "1.5": "2020-01-01"}
      data:
        script: "#!/bin/sh\\necho \\"a: b\\"\\n"
        tabs: "\\ta\\n \\tb\\n"
        windows: "a\\r\\nb\\r\\n"
        "null": "null"
        number: "1e3"
        octal: "0777"
        time: "12:30:45"
        unicode: "\\u2028 \\u202e \\u0085 😀"
        empty: ""
        blanks: "  \\n  \\n"
      binaryData: {bin: AAECAwT/}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: secret}
      stringData: {password: "on"}
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {selector: {app: web}, ports: [{port: 80}]}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db}
      spec:
        replicas: 0
        selector: {matchLabels: {app: db}}
        serviceName: web
        template:
          metadata: {labels: {app: db}}
          spec: {containers: [{name: c, image: busybox, command: [sleep, "1000"]}]}
        volumeClaimTemplates:
        - metadata: {name: data}
          spec: {accessModes: [ReadWriteOnce], storageClassName: premium, resources: {requests: {storage: 1Gi}}}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], storageClassName: immediate, resources: {requests: {storage: 32Mi}}}
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata: {name: cron}
      spec:
        schedule: "*/5 * * * *"
        suspend: true
        jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: busybox}]}}}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: ours, labels: {backstay.dev/job: "x"}}
      """;

  private final String namespace = "connect-" + UUID.randomUUID().toString().substring(0, 8);
  private ClusterConnection connection;
  private ServedTypes types;

  @BeforeEach
  void fillNamespace() throws Exception {
    connection = RealCluster.open();
    types = ServedTypes.discover(connection);
    Kubectl.run(Map.of(), "", "create", "namespace", namespace).succeeded();
    Kubectl.run(Map.of(), OBJECTS, "-n", namespace, "create", "-f", "-").succeeded();
    Kubectl.run(
            Map.of(),
            "",
            "-n",
            namespace,
            "wait",
            "--for=jsonpath={.status.phase}=Bound",
            "pvc/data",
            "--timeout=60s")
        .succeeded();
  }

  @AfterEach
  void deleteNamespace() {
    if (connection != null) {
      connection.delete("/api/v1/namespaces/" + namespace, DeleteOptions.BACKGROUND);
      connection.close();
    }
  }

  private ManifestReading read(ClusterConnection through, Map<String, Manifest> into) {
    return new ManifestReader(through, types)
        .read(
            namespace,
            ManifestSelection.ALL,
            manifest -> into.put(manifest.path(), manifest),
            new CancelToken());
  }

  @Test
  void readsTheNamespaceAndWhatItNeeds() {
    Map<String, Manifest> found = new TreeMap<>();
    ManifestReading reading = read(connection, found);
    assertEquals(List.of(), reading.failures());
    for (String path :
        List.of(
            "manifests/core/configmaps/odd.yaml",
            "manifests/core/secrets/secret.yaml",
            "manifests/apps/statefulsets/db.yaml",
            "manifests/batch/cronjobs/cron.yaml",
            "manifests/core/persistentvolumeclaims/data.yaml",
            "manifests/rbac.authorization.k8s.io/rolebindings/viewers.yaml",
            "manifests/_cluster/core/namespaces/" + namespace + ".yaml",
            "manifests/_cluster/storage.k8s.io/storageclasses/immediate.yaml",
            "manifests/_cluster/storage.k8s.io/storageclasses/premium.yaml",
            "manifests/_cluster/rbac.authorization.k8s.io/clusterroles/view.yaml")) {
      assertTrue(found.containsKey(path), path + " is not among " + found.keySet());
    }
    assertEquals(1, found.keySet().stream().filter(p -> p.contains("/persistentvolumes/")).count());
    assertFalse(found.containsKey("manifests/core/configmaps/ours.yaml"));
    assertFalse(found.keySet().stream().anyMatch(p -> p.contains("events")));
    assertTrue(
        reading.skipped().stream().anyMatch(s -> s.item().equals("configmaps") && s.count() == 1));
    assertEquals(found.size(), reading.total());
    Manifest odd =
        java.util.Objects.requireNonNull(found.get("manifests/core/configmaps/odd.yaml"));
    assertEquals(odd.object(), CanonicalYaml.read(odd.yaml().bytes()));
  }

  @Test
  void kubectlReadsTheSame() throws Exception {
    Map<String, Manifest> found = new TreeMap<>();
    read(connection, found);
    StringBuilder all = new StringBuilder();
    for (Manifest manifest : found.values()) {
      if (manifest.key().namespace() != null) {
        all.append("---\n").append(new String(manifest.yaml().bytes(), StandardCharsets.UTF_8));
      }
    }
    Kubectl.Run diff =
        Kubectl.run(
            Map.of(), all.toString(), "diff", "--server-side", "--force-conflicts", "-f", "-");
    assertEquals("", diff.output());
    assertEquals(0, diff.status());
    Kubectl.run(Map.of(), all.toString(), "replace", "--dry-run=server", "-f", "-").succeeded();
  }

  @Test
  void countsWithoutReading() {
    Map<String, Manifest> found = new TreeMap<>();
    ManifestReading reading = read(connection, found);
    ManifestReading counted =
        new ManifestReader(connection, types)
            .count(namespace, ManifestSelection.ALL, new CancelToken());
    assertEquals(reading.counts().get("secrets"), counted.counts().get("secrets"));
    assertEquals(
        reading.counts().getOrDefault("configmaps", 0L) + 1, counted.counts().get("configmaps"));
  }

  @Test
  void selectsKindsAndLabels() {
    Map<String, Manifest> found = new TreeMap<>();
    new ManifestReader(connection, types)
        .read(
            namespace,
            new ManifestSelection(Set.of("configmaps", "cronjobs.batch"), Set.of(), "", false),
            m -> found.put(m.path(), m),
            new CancelToken());
    assertEquals(
        Set.of(
            "manifests/batch/cronjobs/cron.yaml",
            "manifests/core/configmaps/kube-root-ca.crt.yaml",
            "manifests/core/configmaps/odd.yaml"),
        found.keySet());
  }

  @Test
  void whoMayReadLittleGetsThat() {
    String user = "system:serviceaccount:" + namespace + ":limited";
    try (ClusterConnection limited = RealCluster.open(Impersonation.of(user, List.of()))) {
      Map<String, Manifest> found = new TreeMap<>();
      ManifestReading reading = read(limited, found);
      assertTrue(found.containsKey("manifests/core/configmaps/odd.yaml"));
      List<String> refused = reading.failures().stream().map(ItemFailure::item).toList();
      // The binding to ClusterRole view lets it read most kinds, but neither Secrets nor RBAC.
      assertTrue(refused.contains("secrets"), refused.toString());
      assertTrue(refused.contains("roles.rbac.authorization.k8s.io"), refused.toString());
      assertTrue(
          refused.stream().anyMatch(r -> r.startsWith("persistentvolumes/")), refused.toString());
    }
  }

  @Test
  void whatTheSinkThrowsComesOut() {
    IllegalStateException mine = new IllegalStateException("full");
    assertSame(
        mine,
        assertThrows(
            IllegalStateException.class,
            () ->
                new ManifestReader(connection, types)
                    .read(
                        namespace,
                        ManifestSelection.ALL,
                        m -> {
                          throw mine;
                        },
                        new CancelToken())));
  }
}
