package dev.backstay.system;

import static dev.backstay.system.Commands.apply;
import static dev.backstay.system.Commands.command;
import static dev.backstay.system.Commands.inPod;
import static dev.backstay.system.Commands.kubectl;
import static dev.backstay.system.Commands.unique;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The built program's `snapshot` commands on a real cluster.
@Tag("cluster")
class VolumeSnapshotTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final String namespace = unique("backstay-vsnap");

  @BeforeEach
  void volumes() throws Exception {
    BuiltProgram.in(folder);
    kubectl("create", "namespace", namespace);
    pvc("data", "db");
    pvc("log", "db");
    pvc("uploads", "files");
    kubectl(
        "wait",
        "-n",
        namespace,
        "--for=jsonpath={.status.phase}=Bound",
        "pvc",
        "--all",
        "--timeout=90s");
  }

  @AfterEach
  void remove() throws Exception {
    command("kubectl", "delete", "namespace", namespace, "--wait=false");
  }

  private void pvc(String name, String tier) throws Exception {
    apply(
        namespace,
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, labels: {app: shop, tier: %s}}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: immediate
          resources: {requests: {storage: 64Mi}}
        """
            .formatted(name, tier));
  }

  private void pod(String pvc) throws Exception {
    apply(
        namespace,
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - name: c
            image: busybox
            imagePullPolicy: IfNotPresent
            command: [sh, -c, "while :; do sleep 60; done"]
            volumeMounts: [{name: v, mountPath: /data}]
          volumes: [{name: v, persistentVolumeClaim: {claimName: %s}}]
        """
            .formatted(pvc, pvc));
    kubectl("wait", "-n", namespace, "pod/" + pvc, "--for=condition=Ready", "--timeout=90s");
  }

  private JsonNode snapshot(String... arguments) throws Exception {
    BuiltProgram program = BuiltProgram.in(folder);
    List<String> all = new java.util.ArrayList<>(List.of("snapshot"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("-n", namespace, "-o", "json"));
    return JsonMapper.shared().readTree(program.run(0, all.toArray(String[]::new)));
  }

  private String names(String kinds) throws Exception {
    String names = kubectl("get", "-n", namespace, kinds, "-o", "name").strip();
    return names.startsWith("No resources") ? "" : names;
  }

  @Test
  void whatWasTakenComesBackInANewPvc() throws Exception {
    pod("data");
    inPod(namespace, "data", "echo old > /data/file; sync");
    snapshot("take", "data", "--name", "before");
    inPod(namespace, "data", "echo new > /data/file; sync");
    snapshot("restore", "before", "--to", "copy");
    pod("copy");
    assertEquals("old", inPod(namespace, "copy", "cat /data/file").strip());
    snapshot("delete", "before", "--yes");
    assertEquals("", names("volumesnapshots"));
  }

  @Test
  void severalAreTakenAndDeletedAsAGroup() throws Exception {
    JsonNode taken = snapshot("take", "data", "log", "--name", "both").path("volumeSnapshots");
    assertEquals(2, taken.size(), taken.toString());
    taken.forEach(one -> assertEquals("both", one.path("group").asString(), one.toString()));
    snapshot("delete", "volumegroupsnapshot/both", "--yes");
    assertEquals("", names("volumesnapshots,volumegroupsnapshots"));
  }

  @Test
  void aTemporaryLabelIsTakenAwayAgain() throws Exception {
    String labels = "jsonpath={.items[*].metadata.labels}";
    String before = kubectl("get", "pvc", "-n", namespace, "-o", labels);
    JsonNode taken =
        snapshot("take", "data", "uploads", "--group", "--name", "both").path("volumeSnapshots");
    assertEquals(2, taken.size(), taken.toString());
    assertEquals(before, kubectl("get", "pvc", "-n", namespace, "-o", labels));
  }

  @Test
  void whatAKilledOneMadeIsCleanedUp() throws Exception {
    BuiltProgram program = BuiltProgram.in(folder);
    Process killed =
        program.start(
            "snapshot", "take", "data", "--class", "snap-slow", "--name", "x", "-n", namespace);
    Instant last = Instant.now().plus(PATIENCE);
    while (names("volumesnapshots").isEmpty() && Instant.now().isBefore(last)) {
      Thread.onSpinWait();
    }
    killed.toHandle().destroyForcibly();
    assertFalse(names("volumesnapshots").isEmpty());
    killed.waitFor();
    String cleaned = program.run(0, "cleanup", "-n", namespace, "-o", "json");
    assertTrue(cleaned.contains("Completed"), cleaned);
    assertEquals("", names("volumesnapshots"));
  }
}
