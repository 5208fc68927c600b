package dev.backstay.system;

import static dev.backstay.system.Commands.apply;
import static dev.backstay.system.Commands.assertNothingTemporary;
import static dev.backstay.system.Commands.command;
import static dev.backstay.system.Commands.inPod;
import static dev.backstay.system.Commands.kubectl;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What admission says to mover pods and temporary PVCs: Pod Security, LimitRange, ResourceQuota.
/// The plan says it first, and nothing is lost in silence.
@Tag("cluster")
class AdmissionTest {

  private static final String APPLICATION =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: files}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 100Mi}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: app}
      spec:
        terminationGracePeriodSeconds: 0
        securityContext:
          runAsUser: 1000
          runAsGroup: 1000
          fsGroup: 2000
          fsGroupChangePolicy: OnRootMismatch
          runAsNonRoot: true
          seccompProfile: {type: RuntimeDefault}
        containers:
        - name: app
          image: busybox
          imagePullPolicy: IfNotPresent
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
          resources: {limits: {memory: 64Mi, cpu: 100m}}
          command:
          - sh
          - -c
          - |
            if [ ! -e /data/.filled ]; then
              mkdir /data/d1
              for f in $(seq 1 20); do head -c 3000 /dev/urandom > /data/d1/f$f; done
              chmod 600 /data/d1/f1; chmod 640 /data/d1/f2; ln -s d1/f1 /data/link
              ln /data/d1/f3 /data/hard; : > /data/empty
              touch -d '2001-02-03 04:05:06' /data/d1/f2; touch /data/.filled
            fi
            exec sleep 1000000
          readinessProbe: {exec: {command: [test, -e, /data/.filled]}, periodSeconds: 1}
          volumeMounts: [{name: data, mountPath: /data}]
        volumes: [{name: data, persistentVolumeClaim: {claimName: files}}]
      """;

  /// A pod of root that makes files which nobody else may read.
  private static final String SECRETS =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: root}
      spec:
        restartPolicy: Never
        containers:
        - name: root
          image: busybox
          imagePullPolicy: IfNotPresent
          command:
          - sh
          - -c
          - |
            mkdir -m 700 /data/closed; echo x > /data/closed/in
            echo x > /data/secret; chmod 600 /data/secret
          volumeMounts: [{name: data, mountPath: /data}]
        volumes: [{name: data, persistentVolumeClaim: {claimName: files}}]
      """;

  private static final String FINGERPRINT =
      "cd /data && find . -exec stat -c '%F %a %u %g %s %Y %n' {} + | grep -v ' [.]$' | sort;"
          + " stat -c '%a %u %g' .; find . -type f -print0 | sort -z | xargs -0 sha256sum";

  @TempDir Path folder;

  private final String namespace = Commands.unique("backstay-admit");
  private final String copy = namespace + "-copy";
  private BuiltProgram program;

  @BeforeEach
  void application() throws Exception {
    program = BuiltProgram.in(folder);
    kubectl("create", "namespace", namespace);
    kubectl("create", "namespace", copy);
    apply(namespace, APPLICATION);
    kubectl("wait", "-n", namespace, "pod/app", "--for=condition=Ready", "--timeout=60s");
    program.run(0, "repo", "init");
  }

  @AfterEach
  void removeAll() throws Exception {
    command("kubectl", "delete", "namespace", namespace, copy, "--wait=false");
  }

  private static void enforce(String level, String... namespaces) throws Exception {
    for (String one : namespaces) {
      String label = "pod-security.kubernetes.io/enforce=" + level;
      kubectl("label", "--overwrite", "namespace", one, label);
    }
  }

  @Test
  void rootIsAdmittedByBaseline() throws Exception {
    enforce("baseline", namespace, copy);
    String plan = plan("volume-snapshot");
    assertFalse(plan.contains("PodSecurity"), plan);
    program.run(0, "backup", "-n", namespace);

    program.run(0, "restore", "latest", "-n", namespace, "--to-namespace", copy);

    assertSameInCopy();
  }

  @Test
  void theApplicationsUserDoesItWhereRootIsRefused() throws Exception {
    enforce("restricted", namespace, copy);
    String plan = plan("volume-snapshot");
    assertTrue(plan.contains("violates PodSecurity"), plan);
    assertTrue(plan.contains("files that user 1000 may not read"), plan);
    program.run(0, "backup", "-n", namespace);
    String restore =
        program.run(
            0,
            "restore",
            "latest",
            "-n",
            namespace,
            "--to-namespace",
            copy,
            "--dry-run",
            "-o",
            "json");
    assertTrue(restore.contains("mover pod as user 1000"), restore);
    assertTrue(restore.contains("owners: user 1000 writes"), restore);

    program.run(0, "restore", "latest", "-n", namespace, "--to-namespace", copy);

    assertTrue(program.errors().contains("[restore.not-root]"), program::errors);
    assertSameInCopy();
  }

  @Test
  void whatTheApplicationsUserMayNotReadOrGiveAwayIsNamed() throws Exception {
    apply(namespace, SECRETS);
    kubectl(
        "wait",
        "-n",
        namespace,
        "pod/root",
        "--for=jsonpath={.status.phase}=Succeeded",
        "--timeout=60s");
    kubectl("delete", "-n", namespace, "pod/root");
    program.run(0, "backup", "-n", namespace);
    enforce("restricted", namespace, copy);

    String backup = program.run(3, "backup", "-n", namespace, "--force", "-o", "json");

    assertFailed(backup, "volumes/files/closed", "volume.folder-unreadable");
    assertFailed(backup, "volumes/files/secret", "volume.file-vanished");
    assertFalse(backup.contains("volumes/files/d1"), backup);

    String whole = oldestPoint();
    String restore = program.run(3, "restore", whole, "--to-namespace", copy, "-o", "json");

    assertFailed(restore, "volumes/files/secret", "volume.file-differs");
    assertTrue(restore.contains("its owner is 1000:"), restore);
    assertFalse(restore.contains("volumes/files/d1"), restore);
    assertNothingTemporary(namespace, copy);
  }

  @Test
  void aQuotaForPvcsIsInThePlan() throws Exception {
    apply(
        namespace,
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: one-pvc}
        spec: {hard: {persistentvolumeclaims: "1"}}
        """);
    quotaIsCounted("one-pvc");
    String plan = plan("beside-pod");
    assertTrue(plan.contains("exceeded quota: one-pvc"), plan);
    assertTrue(plan.contains("raise that ResourceQuota"), plan);

    program.run(0, "backup", "-n", namespace);

    assertNothingTemporary(namespace);
  }

  @Test
  void aLimitRangeForPvcsIsInThePlan() throws Exception {
    apply(
        namespace,
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: small}
        spec: {limits: [{type: PersistentVolumeClaim, max: {storage: 50Mi}}]}
        """);
    String plan = plan("beside-pod");
    assertTrue(plan.contains("maximum storage usage per PersistentVolumeClaim"), plan);
    program.run(0, "backup", "-n", namespace);
  }

  @Test
  void aQuotaForMemoryWantsResourcesAndTheSettingsGiveThem() throws Exception {
    apply(
        namespace,
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: memory}
        spec: {hard: {limits.memory: 128Mi, limits.cpu: "1"}}
        """);
    quotaIsCounted("memory");
    String plan = plan("in-container");
    assertTrue(plan.contains("must specify limits.cpu"), plan);
    assertTrue(plan.contains("set mover.resources in the settings"), plan);
    program.run(0, "backup", "-n", namespace);

    Files.createDirectories(folder.resolve("home/config"));
    Files.writeString(
        folder.resolve("home/config/settings.yaml"),
        """
        apiVersion: backstay.dev/v1
        kind: Settings
        mover: {resources: {limits: {memory: 64Mi, cpu: 100m}}}
        """);
    plan("volume-snapshot");
    program.run(0, "backup", "-n", namespace, "--force");
    assertNothingTemporary(namespace);
  }

  /// A quota refuses nothing before its controller has counted.
  private void quotaIsCounted(String name) throws Exception {
    kubectl(
        "wait", "-n", namespace, "quota/" + name, "--for=jsonpath={.status.used}", "--timeout=60s");
  }

  private String plan(String method) throws Exception {
    String plan = program.run(0, "backup", "-n", namespace, "--dry-run", "-o", "json");
    assertTrue(plan.contains("\"method\" : \"" + method + "\""), plan);
    return plan;
  }

  private String oldestPoint() throws Exception {
    List<String> points = program.run(0, "points", "-n", namespace, "-o", "name").lines().toList();
    return points.getLast();
  }

  private static void assertFailed(String result, String item, String code) {
    assertTrue(
        result.matches("(?s).*\"item\" : \"" + item + "\",\\s*\"code\" : \"" + code + "\".*"),
        result);
  }

  private void assertSameInCopy() throws Exception {
    kubectl("wait", "-n", copy, "pod/app", "--for=condition=Ready", "--timeout=60s");
    assertEquals(inPod(namespace, "app", FINGERPRINT), inPod(copy, "app", FINGERPRINT));
    assertNothingTemporary(namespace, copy);
  }
}
