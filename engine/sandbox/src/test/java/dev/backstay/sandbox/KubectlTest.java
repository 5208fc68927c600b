package dev.backstay.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What people type, against the sandbox.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlTest {

  private static final String APPLICATION =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: cli}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: cli}
      data: {mode: "on"}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {name: db, namespace: cli}
      spec:
        serviceName: db
        replicas: 2
        selector: {matchLabels: {app: db}}
        template:
          metadata: {labels: {app: db}}
          spec:
            terminationGracePeriodSeconds: 0
            containers:
            - name: db
              image: busybox
              volumeMounts: [{name: data, mountPath: /data}]
        volumeClaimTemplates:
        - metadata: {name: data}
          spec:
            accessModes: [ReadWriteOnce]
            resources: {requests: {storage: 1Gi}}
      """;

  private Sandbox sandbox;
  private Kubectl kubectl;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    Kubectl.assumePresent();
    sandbox = Sandbox.start(SandboxOptions.in(folder));
    kubectl = new Kubectl(sandbox.kubeconfig());
    Kubectl.Ended ended = kubectl.run(APPLICATION, "apply", "-f", "-");
    assertEquals(0, ended.code(), ended.out());
    sandbox.settle(Duration.ofSeconds(20));
  }

  @AfterAll
  void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private String succeeds(String... arguments) throws Exception {
    Kubectl.Ended ended = kubectl.run("", arguments);
    assertEquals(0, ended.code(), ended.out());
    return ended.out();
  }

  @Test
  void listsPodsAndClaimsOfAllNamespaces() throws Exception {
    String out = succeeds("get", "pods,pvc", "-A");

    assertTrue(out.contains("pod/db-0"), out);
    assertTrue(out.contains("1/1"), out);
    assertTrue(out.contains("persistentvolumeclaim/data-db-1"), out);
    assertTrue(out.contains("Bound"), out);
  }

  @Test
  void appliesTheSameAgainWithoutAChange() throws Exception {
    String out = kubectl.run(APPLICATION, "apply", "-f", "-").out();

    assertTrue(out.contains("configmap/settings unchanged"), out);
  }

  @Test
  void appliesOnTheServersSide() throws Exception {
    String manifest =
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: ssa, namespace: cli}
        data: {a: b}
        """;

    Kubectl.Ended ended = kubectl.run(manifest, "apply", "--server-side", "-f", "-");

    assertEquals(0, ended.code(), ended.out());
    assertEquals("b", succeeds("get", "cm", "ssa", "-n", "cli", "-o", "jsonpath={.data.a}"));
  }

  @Test
  void deletesAndWaits() throws Exception {
    String manifest =
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: x, namespace: cli}
        """;
    assertEquals(0, kubectl.run(manifest, "apply", "-f", "-").code());

    String out = succeeds("delete", "secret", "x", "-n", "cli");

    assertTrue(out.contains("secret \"x\" deleted"), out);
    assertNotEquals(0, kubectl.run("", "get", "secret", "x", "-n", "cli").code());
  }

  @Test
  void watchesTheSameWayAsItLists() throws Exception {
    Process watching = kubectl.start("get", "cm", "-n", "cli", "-w", "-o", "name");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(watching.getInputStream(), StandardCharsets.UTF_8))) {
      assertTrue(lines.readLine().startsWith("configmap/"));
      sandbox.apply("cli", "{apiVersion: v1, kind: ConfigMap, metadata: {name: seen}}");
      String line = lines.readLine();
      while (line != null && !line.equals("configmap/seen")) {
        line = lines.readLine();
      }
      assertEquals("configmap/seen", line);
    } finally {
      watching.destroyForcibly();
    }
  }

  @Test
  void namesEveryKindOnce() throws Exception {
    String out = succeeds("api-resources", "-o", "name");

    assertTrue(out.contains("volumesnapshots.snapshot.storage.k8s.io"), out);
    assertEquals(out.lines().distinct().count(), out.lines().count(), out);
  }

  @Test
  void explainsWhatAUserMayNot() throws Exception {
    Kubectl bob = new Kubectl(sandbox.kubeconfig("bob", "cli"));

    Kubectl.Ended ended = bob.run("", "get", "secrets");

    assertEquals(1, ended.code());
    assertTrue(ended.out().contains("User \"bob\" cannot list resource \"secrets\""), ended.out());
  }
}
