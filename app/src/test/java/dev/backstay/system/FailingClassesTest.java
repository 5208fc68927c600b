package dev.backstay.system;

import static dev.backstay.system.Commands.apply;
import static dev.backstay.system.Commands.assertNothingTemporary;
import static dev.backstay.system.Commands.command;
import static dev.backstay.system.Commands.inPod;
import static dev.backstay.system.Commands.kubectl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Storage that fails or dawdles: what takes long is waited for, what fails is named in the
/// driver's words, the rest goes on, and nothing temporary is left.
///
/// Needs the StorageClass `failing` and the VolumeSnapshotClasses `snap-slow` and `snap-failing`.
@Tag("cluster")
class FailingClassesTest {

  private static final String APPLICATION =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: slow
        annotations: {backstay.dev/volume-snapshot-class: snap-slow}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 50Mi}}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata:
        name: broken
        annotations: {backstay.dev/volume-snapshot-class: snap-failing}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 50Mi}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: app}
      spec:
        terminationGracePeriodSeconds: 0
        containers:
        - name: app
          image: busybox
          imagePullPolicy: IfNotPresent
          command: [sh, -c, "echo slow > /slow/file; echo broken > /broken/file; exec sleep 1000000"]
          volumeMounts: [{name: slow, mountPath: /slow}, {name: broken, mountPath: /broken}]
        volumes:
        - {name: slow, persistentVolumeClaim: {claimName: slow}}
        - {name: broken, persistentVolumeClaim: {claimName: broken}}
      """;

  @TempDir Path folder;

  private final String namespace = Commands.unique("backstay-failing");
  private final String copy = namespace + "-copy";
  private BuiltProgram program;

  @BeforeEach
  void application() throws Exception {
    program = BuiltProgram.in(folder);
    for (String name :
        new String[] {
          "storageclass/failing",
          "volumesnapshotclass/snap-slow",
          "volumesnapshotclass/snap-failing"
        }) {
      boolean there = !command("kubectl", "get", name, "-o", "name").contains("NotFound");
      assumeTrue(there, "the cluster has no " + name);
    }
    kubectl("create", "namespace", namespace);
    apply(namespace, APPLICATION);
    kubectl("wait", "-n", namespace, "pod/app", "--for=condition=Ready", "--timeout=60s");
    program.run(0, "repo", "init");
  }

  @AfterEach
  void removeAll() throws Exception {
    command("kubectl", "delete", "namespace", namespace, copy, "--wait=false");
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  @Test
  void classesThatDawdleAndFail() throws Exception {
    JsonNode result = json(program.run(3, "backup", "-n", namespace, "-o", "json"));

    assertEquals(1, result.get("failures").size(), result::toString);
    JsonNode failure = result.get("failures").get(0);
    assertEquals("volumes/broken", failure.get("item").asString());
    assertTrue(failure.get("message").asString().contains("snap"), failure::toString);
    assertNothingTemporary(namespace);

    JsonNode restored =
        json(
            program.run(
                0,
                "restore",
                result.get("restorePoint").asString(),
                "--to-namespace",
                copy,
                "--only",
                "pvc/slow",
                "-o",
                "json"));
    assertEquals("Completed", restored.get("outcome").asString());
    apply(copy, APPLICATION);
    kubectl("wait", "-n", copy, "pod/app", "--for=condition=Ready", "--timeout=60s");
    assertEquals("slow\n", inPod(copy, "app", "cat /slow/file"));
  }

  @Test
  void aClassThatProvisionsNothing() throws Exception {
    kubectl("annotate", "-n", namespace, "pvc/slow", "backstay.dev/volume-snapshot-class-");
    String point =
        json(program.run(0, "backup", "-n", namespace, "--pvc", "slow", "-o", "json"))
            .get("restorePoint")
            .asString();

    JsonNode result =
        json(
            program.run(
                3,
                "restore",
                point,
                "--to-namespace",
                copy,
                "--class-map",
                "standard=failing",
                "-o",
                "json"));

    JsonNode failure = result.get("failures").get(0);
    assertEquals("volumes/slow", failure.get("item").asString(), result::toString);
    assertEquals("volume.not-provisioned", failure.get("code").asString(), result::toString);
    assertNothingTemporary(copy);
  }
}
