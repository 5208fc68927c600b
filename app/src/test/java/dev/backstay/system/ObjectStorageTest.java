package dev.backstay.system;

import static dev.backstay.system.Commands.apply;
import static dev.backstay.system.Commands.assertNothingTemporary;
import static dev.backstay.system.Commands.command;
import static dev.backstay.system.Commands.inPod;
import static dev.backstay.system.Commands.kubectl;
import static dev.backstay.system.Commands.remove;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstay.s3.S3Service;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The built program, a real cluster and a bucket: a namespace goes there, is lost, and comes back;
/// what is forgotten is pruned; stock restic reads the rest.
@Tag("cluster")
class ObjectStorageTest {

  private static final String APPLICATION =
      """
      apiVersion: v1
      kind: PersistentVolumeClaim
      metadata: {name: files}
      spec:
        accessModes: [ReadWriteOnce]
        resources: {requests: {storage: 200Mi}}
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: settings}
      data: {currency: EUR}
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: app}
      spec:
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
                  mkdir /data/small
                  for f in $(seq 1 300); do head -c 3000 /dev/urandom > /data/small/f$f; done
                  head -c 40000000 /dev/urandom > /data/large
                  ln -s large /data/link; touch /data/.filled
                fi
                exec sleep 1000000
              readinessProbe: {exec: {command: [test, -e, /data/.filled]}, periodSeconds: 1}
              volumeMounts: [{name: data, mountPath: /data}]
            volumes: [{name: data, persistentVolumeClaim: {claimName: files}}]
      """;

  private static final String FINGERPRINT =
      "cd /data && find . ! -type d -exec stat -c '%F %a %u %g %s %Y %n' {} + | sort;"
          + " find . -type f -print0 | sort -z | xargs -0 sha256sum";

  private static S3Service service;

  @TempDir Path folder;

  private final String namespace = Commands.unique("backstay-bucket");
  private BuiltProgram program;

  @BeforeAll
  static void startService() throws Exception {
    service = S3Service.start();
  }

  @AfterAll
  static void stopService() throws Exception {
    service.stop();
  }

  @BeforeEach
  void application() throws Exception {
    program =
        BuiltProgram.in(folder).at(service.location("backups", "team/one"), service.credentials());
    kubectl("create", "namespace", namespace);
    apply(namespace, APPLICATION);
    Commands.ready(namespace, "deployment/app");
  }

  @AfterEach
  void removeAll() throws Exception {
    command("kubectl", "delete", "namespace", namespace, "--wait=false");
  }

  private String files() throws Exception {
    return inPod(namespace, "deployment/app", FINGERPRINT);
  }

  private JsonNode json(String... arguments) throws Exception {
    return JsonMapper.shared().readTree(program.run(0, arguments));
  }

  @Test
  void aNamespaceGoesToABucketAndComesBack() throws Exception {
    program.run(0, "repo", "init");
    program.run(0, "backup", "-n", namespace);
    inPod(namespace, "deployment/app", "head -c 5000000 /dev/urandom > /data/large");
    String before = files();
    program.run(0, "backup", "-n", namespace);
    program.run(0, "repo", "forget", "--keep-last", "1");
    program.run(0, "repo", "prune", "--exclusive", "--max-unused", "0");
    JsonNode check = json("repo", "check", "--read-data", "-o", "json");
    assertTrue(check.get("sound").asBoolean(), check::toString);

    remove(namespace);
    program.run(0, "restore", "latest", "-n", namespace);
    Commands.ready(namespace, "deployment/app");

    assertEquals(before, files());
    assertEquals(
        "EUR", kubectl("get", "-n", namespace, "configmap/settings", "-o", "jsonpath={.data.*}"));
    assertNothingTemporary(namespace);
    assertFalse(Files.exists(program.repository()), "nothing of it is in a folder");
    stockResticFindsNoError();
  }

  private void stockResticFindsNoError() throws Exception {
    assumeTrue(command("restic", "version").startsWith("restic"), "restic is not on the PATH");
    var environment = new TreeMap<>(service.credentials());
    environment.put("RESTIC_PASSWORD_FILE", program.password().toString());
    ProcessBuilder builder =
        new ProcessBuilder("restic", "--no-cache", "-r", program.location(), "check", "--read-data")
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    assertTrue(out.contains("no errors were found"), out);
  }
}
