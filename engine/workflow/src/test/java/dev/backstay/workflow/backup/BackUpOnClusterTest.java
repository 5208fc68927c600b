package dev.backstay.workflow.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Outcome;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.job.JobHandle;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.point.RestorePoints;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A namespace of a real cluster into a real repository, and what is left behind.
@Tag("cluster")
class BackUpOnClusterTest {

  private static final String NAMESPACE = "backstay-test-backup";
  private static final String APPLICATION =
      """
      apiVersion: v1
      kind: Namespace
      metadata: {name: backstay-test-backup}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings, namespace: backstay-test-backup}
      data: {answer: "yes"}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: data, namespace: backstay-test-backup}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 1Gi}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: app, namespace: backstay-test-backup}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: app
          image: busybox
          imagePullPolicy: IfNotPresent
          command:
          - sh
          - -c
          - |
            mkdir -p /data/a/b; echo one > /data/a/one; ln -s one /data/a/link; ln /data/a/one /data/a/b/hard
            head -c 5000000 /dev/urandom > /data/big; : > /data/empty; echo odd > "/data/a/it's \\"odd\\"
            name"; chown 1000:2000 /data/big; chmod 4750 /data/a/one; mkfifo /data/pipe
            touch /data/.filled; sleep 86400
          readinessProbe: {exec: {command: [test, -e, /data/.filled]}, periodSeconds: 1}
          volumeMounts: [{name: data, mountPath: /data}]
        volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
      """;

  @TempDir Path folder;

  @BeforeEach
  void application() throws Exception {
    assumeTrue(System.getenv("KUBECONFIG") != null, "KUBECONFIG is not set");
    Path file = Files.writeString(folder.resolve("app.yaml"), APPLICATION);
    kubectl("apply", "-f", file.toString());
    kubectl("wait", "-n", NAMESPACE, "pod/app", "--for=condition=Ready", "--timeout=120s");
  }

  @AfterEach
  void remove() throws Exception {
    if (System.getenv("KUBECONFIG") != null) {
      kubectl("delete", "namespace", NAMESPACE, "--wait=false");
    }
  }

  @Test
  void aNamespaceGoesIntoARepositoryAndASecondRunMovesNothing() throws Exception {
    EngineSettings settings =
        new EngineSettings(
            folder.resolve("data"),
            folder.resolve("state"),
            folder.resolve("cache"),
            System.getenv(),
            InstantSource.system());
    RepositoryLocation location = new RepositoryLocation(folder.resolve("repository").toString());
    try (Engine engine = Engine.open(settings);
        ClusterSession cluster = engine.clusters().open(ContextRequest.CURRENT);
        RepositorySession repository = RepositorySession.init(location, Secret.of("secret"))) {
      BackUpPlan plan =
          engine.plan(BackUpRequest.of(NAMESPACE), cluster, repository, new CancelToken());
      assertEquals("VOLUME_SNAPSHOT", plan.volumes().getFirst().method(), plan.toString());
      Outcome first = engine.submit(plan).await();
      assertInstanceOf(Outcome.Completed.class, first, first.toString());
      RestorePoint point =
          new RestorePoints(repository, engine.catalog()).find("latest", PointFilter.ALL);
      assertEquals(first.restorePoint(), point.id());
      assertTrue(point.volumes().getFirst().bytes() > 5_000_000, point.toString());

      JobHandle second =
          engine.submit(
              engine.plan(BackUpRequest.of(NAMESPACE), cluster, repository, new CancelToken()));
      Outcome outcome = second.await();
      assertInstanceOf(Outcome.Completed.class, outcome, outcome.toString());
      assertEquals(0, second.progress().bytesMoved());
      assertTrue(repository.check(true, new CancelToken(), (i, b) -> {}).sound());
    }
    for (String kind : List.of("pods", "pvc", "volumesnapshots")) {
      assertEquals(
          "", kubectl("get", kind, "-n", NAMESPACE, "-l", "backstay.dev/job", "-o", "name"));
    }
  }

  private static String kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command = new java.util.ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out.startsWith("No resources found") ? "" : out.strip();
  }
}
