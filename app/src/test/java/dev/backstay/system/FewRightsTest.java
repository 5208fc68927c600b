package dev.backstay.system;

import static dev.backstay.system.Commands.apply;
import static dev.backstay.system.Commands.assertNothingTemporary;
import static dev.backstay.system.Commands.command;
import static dev.backstay.system.Commands.inPod;
import static dev.backstay.system.Commands.kubectl;
import static dev.backstay.system.Commands.ready;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A user who has a Role in two namespaces, and nothing in the cluster, backs up the one and
/// restores into the other; with ever smaller Roles each way to a volume is taken in turn.
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FewRightsTest {

  private static final String NAMESPACE = Commands.unique("backstay-role");
  private static final String COPY = NAMESPACE + "-copy";

  private static final String APPLICATION =
      """
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {mode: "on"}
      ---
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: files}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 100Mi}}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: app}
      spec:
        strategy: {type: Recreate}
        selector: {matchLabels: {app: app}}
        template:
          metadata: {labels: {app: app}}
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
                if [ ! -e /data/.filled ]; then
                  mkdir /data/d1
                  for f in $(seq 1 50); do head -c 3000 /dev/urandom > /data/d1/f$f; done
                  cp -r /data/d1 /data/d2
                  chown -R 1000:2000 /data/d1; chmod 640 /data/d2/*; ln -s d1/f1 /data/link
                  ln /data/d2/f1 /data/hard; dd if=/dev/urandom of=/data/big bs=1M count=8
                  touch -d '2001-02-03 04:05:06' /data/d2/f2; : > /data/empty; touch /data/.filled
                fi
                exec sleep 1000000
              readinessProbe: {exec: {command: [test, -e, /data/.filled]}, periodSeconds: 1}
              volumeMounts: [{name: data, mountPath: /data}]
            volumes: [{name: data, persistentVolumeClaim: {claimName: files}}]
      """;

  private static final String READ =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: backstay}
      rules:
      - apiGroups: [""]
        resources: [configmaps, secrets, services, serviceaccounts, persistentvolumeclaims, pods]
        verbs: [get, list, watch]
      - apiGroups: [apps]
        resources: [deployments, replicasets]
        verbs: [get, list, watch]
      """;

  private static final String EXEC =
      """
      - apiGroups: [""]
        resources: [pods/exec]
        verbs: [get, create]
      """;

  private static final String WRITE =
      """
      - apiGroups: [""]
        resources: [configmaps, secrets, services, serviceaccounts, persistentvolumeclaims, pods]
        verbs: [create, update, patch, delete]
      - apiGroups: [apps]
        resources: [deployments, replicasets]
        verbs: [create, update, patch, delete]
      """;

  private static final String SNAPSHOT =
      """
      - apiGroups: [snapshot.storage.k8s.io]
        resources: [volumesnapshots]
        verbs: [get, list, watch, create, delete]
      """;

  private static final String FORWARD =
      """
      - apiGroups: [""]
        resources: [pods/portforward]
        verbs: [get, create]
      """;

  private static final String BINDING =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: backstay}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: backstay}
      subjects: [{kind: ServiceAccount, name: user, namespace: NAMESPACE}]
      """;

  private static final String HASHES =
      "find . -type f -print0 | sort -z | xargs -0 sha256sum; find . -type l | sort";

  private static final String OWNERS =
      "find . ! -type d -exec stat -c '%F %a %u %g %s %Y %n' {} + | sort; ";

  @TempDir static Path folder;

  private static BuiltProgram program;
  private static BuiltProgram user;

  @BeforeAll
  static void application() throws Exception {
    program = BuiltProgram.in(folder);
    for (String namespace : List.of(NAMESPACE, COPY)) {
      kubectl("create", "namespace", namespace);
      apply(namespace, BINDING.replace("NAMESPACE", NAMESPACE));
    }
    kubectl("create", "serviceaccount", "user", "-n", NAMESPACE);
    apply(NAMESPACE, APPLICATION);
    ready(NAMESPACE, "deployment/app");
    user = program.as(kubeconfig());
    program.run(0, "repo", "init");
  }

  /// The admin's, with the user's token.
  private static Path kubeconfig() throws Exception {
    Path file = folder.resolve("user.conf");
    String config = "--kubeconfig=" + file;
    Files.writeString(file, kubectl("config", "view", "--raw", "--minify", "--flatten"));
    String token = kubectl("create", "token", "user", "-n", NAMESPACE, "--duration=1h").strip();
    kubectl("config", config, "set-credentials", "user", "--token=" + token);
    String context = kubectl("config", config, "current-context").strip();
    kubectl("config", config, "set-context", context, "--user=user", "--namespace=" + NAMESPACE);
    return file;
  }

  @AfterAll
  static void removeAll() throws Exception {
    if (System.getenv("KUBECONFIG") != null) {
      command("kubectl", "delete", "namespace", NAMESPACE, COPY, "--wait=false");
    }
  }

  private static void role(String rules) throws Exception {
    apply(NAMESPACE, rules);
    apply(COPY, rules);
  }

  @Test
  @Order(1)
  void aRoleIsEnoughForEverything() throws Exception {
    role(READ + EXEC + WRITE + SNAPSHOT + FORWARD);

    assertTrue(user.run(0, "contexts", "-o", "json").contains(NAMESPACE));
    assertTrue(user.run(0, "namespaces", "-o", "name").contains(NAMESPACE));
    assertTrue(user.run(0, "pvcs", "-n", NAMESPACE, "-o", "json").contains("\"files\""));
    String plan = plan("volume-snapshot");
    for (String missing :
        List.of(
            "list volumesnapshotclasses.snapshot.storage.k8s.io",
            "list storageclasses.storage.k8s.io",
            "list jobs.batch",
            "patch persistentvolumes")) {
      assertTrue(plan.contains("\"" + missing + "\""), plan);
    }
    user.run(0, "backup", "-n", NAMESPACE);
    assertRestorePointHoldsTheFiles();
    assertTrue(user.run(0, "points", "-o", "json").contains("\"partial\" : false"));

    user.run(0, "restore", "latest", "-n", NAMESPACE, "--to-namespace", COPY);

    ready(COPY, "deployment/app");
    assertEquals(inApplication(NAMESPACE), inApplication(COPY));
    user.run(0, "cleanup", "-n", NAMESPACE);
    assertNothingTemporary(NAMESPACE, COPY);
  }

  @Test
  @Order(2)
  void withoutPortForwardItGoesByExec() throws Exception {
    role(READ + EXEC + WRITE + SNAPSHOT);
    String plan = plan("volume-snapshot");
    assertTrue(plan.contains("create pods/portforward in namespace " + NAMESPACE), plan);
    kubectl("delete", "-n", COPY, "deployment/app", "pvc/files", "--wait");

    backUp(0);
    user.run(0, "restore", "latest", "-n", NAMESPACE, "--to-namespace", COPY);

    ready(COPY, "deployment/app");
    assertEquals(inApplication(NAMESPACE), inApplication(COPY));
    assertNothingTemporary(NAMESPACE, COPY);
  }

  @Test
  @Order(3)
  void withoutVolumeSnapshotsAMoverPodStandsBesideTheApplication() throws Exception {
    role(READ + EXEC + WRITE + FORWARD);
    String plan = plan("beside-pod");
    assertTrue(plan.contains("create volumesnapshots"), plan);
    assertTrue(plan.contains("not consistent"), plan);
    backUp(0);
    assertNothingTemporary(NAMESPACE);
  }

  @Test
  @Order(4)
  void withoutPodsOfItsOwnItReadsInTheApplicationsContainer() throws Exception {
    role(READ + EXEC + SNAPSHOT);
    String plan = plan("in-container");
    assertTrue(plan.contains("create pods"), plan);
    backUp(0);
  }

  @Test
  @Order(5)
  void whoMayOnlyReadGetsTheManifestsAndIsToldWhatIsMissing() throws Exception {
    role(READ);
    String plan = plan("none");
    assertTrue(plan.contains("volume.no-exec"), plan);

    String result = user.run(3, "backup", "-n", NAMESPACE, "--force", "-o", "json");

    assertTrue(result.contains("\"outcome\" : \"PartiallyFailed\""), result);
    assertTrue(result.contains("\"item\" : \"volumes/files\""), result);
    assertTrue(
        user.run(0, "cat", "latest:/manifests/core/configmaps/settings.yaml", "-n", NAMESPACE)
            .contains("mode: \"on\""));
    assertFalse(user.run(0, "ls", "latest", "-n", NAMESPACE).contains("volumes"));
  }

  /// The plan, whose only volume goes this way.
  private static String plan(String method) throws Exception {
    String plan = user.run(0, "backup", "-n", NAMESPACE, "--dry-run", "-o", "json");
    assertTrue(plan.contains("\"method\" : \"" + method + "\""), plan);
    return plan;
  }

  /// Reads everything again, whatever earlier restore points hold.
  private static void backUp(int exit) throws Exception {
    user.run(exit, "backup", "-n", NAMESPACE, "--force");
    assertRestorePointHoldsTheFiles();
  }

  private static void assertRestorePointHoldsTheFiles() throws Exception {
    Path target = Files.createTempDirectory(folder, "files");
    user.run(0, "get", "latest:/volumes/files", target.toString(), "-n", NAMESPACE);
    Path files = Files.exists(target.resolve("files")) ? target.resolve("files") : target;
    String got = Commands.run(0, "sh", "-c", "cd " + files + " && " + HASHES);
    assertEquals(inPod(NAMESPACE, "deployment/app", "cd /data && " + HASHES), got);
  }

  private static String inApplication(String namespace) throws Exception {
    return inPod(namespace, "deployment/app", "cd /data && " + OWNERS + HASHES);
  }
}
