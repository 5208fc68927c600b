package dev.backstay.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// The built program against a real cluster: a namespace is backed up while it is written to, lost,
/// and restored, under its own name and under another one into another class. Smaller than the
/// benchmark, otherwise the same workload.
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeSystemTest {

  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  private static final Path LAUNCHER = ROOT.resolve("app/target/backstay/bin/backstay");
  private static final String NAMESPACE = "backstay-system";
  private static final String COPY = "backstay-system-copy";
  private static final String FINGERPRINT =
      "cd /data && find . ! -name live.log ! -type d -exec stat -c '%F %a %u %g %s %Y %n' {} + |"
          + " sort | sha256sum; find . -type f ! -name live.log -print0 | sort -z | xargs -0"
          + " sha256sum | sha256sum";

  @TempDir static Path folder;

  private static String before = "";

  @BeforeAll
  static void workload() throws Exception {
    assumeTrue(System.getenv("KUBECONFIG") != null, "KUBECONFIG is not set");
    assumeTrue(Files.isExecutable(LAUNCHER), "the program is not built: run mvn package first");
    Files.writeString(folder.resolve("password"), "whole system\n");
    remove(NAMESPACE);
    remove(COPY);
    run(0, "kubectl", "create", "namespace", NAMESPACE);
    Path workload = folder.resolve("workload.yaml");
    Files.writeString(
        workload,
        Files.readString(ROOT.resolve("src/bench/workload.yaml"))
            .replace("FILES", "600")
            .replace("SIZE_MIB", "96"));
    // Twice: the custom resource needs its definition to be served.
    command("kubectl", "apply", "-n", NAMESPACE, "-f", workload.toString());
    run(0, "kubectl", "wait", "--for=condition=Established", "crd/crews.bench.backstay.dev");
    run(0, "kubectl", "apply", "-n", NAMESPACE, "-f", workload.toString());
    ready(NAMESPACE);
    before = fingerprints(NAMESPACE);
    backstay(0, "repo", "init");
  }

  @AfterAll
  static void removeAll() throws Exception {
    if (System.getenv("KUBECONFIG") != null) {
      command("kubectl", "delete", "namespace", NAMESPACE, COPY, "--wait=false");
    }
  }

  @Test
  @Order(1)
  void aKilledBackUpIsTakenUpAndLeavesNothing() throws Exception {
    Process killed = start("backup", "-n", NAMESPACE);
    TimeUnit.SECONDS.sleep(8);
    killed.toHandle().destroyForcibly();
    killed.waitFor();
    String result = backstay(0, "backup", "-n", NAMESPACE, "-o", "json");
    assertTrue(result.contains("\"restorePoint\""), result);
    assertNothingTemporary();
  }

  @Test
  @Order(2)
  void stockResticFindsNoError() throws Exception {
    assumeTrue(command("restic", "version").startsWith("restic"), "restic is not on the PATH");
    String out =
        run(
            0,
            "restic",
            "-r",
            folder.resolve("repository").toString(),
            "--password-file",
            folder.resolve("password").toString(),
            "check",
            "--read-data");
    assertTrue(out.contains("no errors were found"), out);
  }

  @Test
  @Order(3)
  void aDeletedNamespaceComesBack() throws Exception {
    remove(NAMESPACE);
    backstay(0, "restore", "latest", "-n", NAMESPACE);
    ready(NAMESPACE);
    assertEquals(before, fingerprints(NAMESPACE));
    assertEquals(
        "yes",
        run(
            0,
            "kubectl",
            "get",
            "-n",
            NAMESPACE,
            "crew/night-watch",
            "-o",
            "jsonpath={.spec.onCall}"));
    assertNothingTemporary();
  }

  @Test
  @Order(4)
  void itComesBackUnderAnotherNameInAnotherClass() throws Exception {
    backstay(
        0,
        "restore",
        "latest",
        "-n",
        NAMESPACE,
        "--to-namespace",
        COPY,
        "--class-map",
        "standard=immediate");
    ready(COPY);
    assertEquals(before, fingerprints(COPY));
    assertEquals(
        "immediate",
        run(0, "kubectl", "get", "-n", COPY, "pvc/big", "-o", "jsonpath={.spec.storageClassName}"));
    assertNothingTemporary();
  }

  private static void assertNothingTemporary() throws Exception {
    for (String namespace : List.of(NAMESPACE, COPY)) {
      for (String kind : List.of("pods", "pvc", "volumesnapshots")) {
        String left =
            run(0, "kubectl", "get", kind, "-n", namespace, "-l", "backstay.dev/job", "-o", "name");
        assertTrue(left.isBlank() || left.startsWith("No resources"), left);
      }
    }
  }

  private static void ready(String namespace) throws Exception {
    run(0, "kubectl", "rollout", "status", "-n", namespace, "statefulset/small", "--timeout=180s");
    run(0, "kubectl", "rollout", "status", "-n", namespace, "deployment/big", "--timeout=180s");
  }

  private static String fingerprints(String namespace) throws Exception {
    String small =
        run(0, "kubectl", "exec", "-n", namespace, "small-0", "--", "sh", "-c", FINGERPRINT);
    String big =
        run(0, "kubectl", "exec", "-n", namespace, "deployment/big", "--", "sh", "-c", FINGERPRINT);
    return small + big;
  }

  private static void remove(String namespace) throws Exception {
    run(0, "kubectl", "delete", "namespace", namespace, "--ignore-not-found", "--wait");
  }

  private static String backstay(int exit, String... arguments) throws Exception {
    Process process = start(arguments);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exit, process.waitFor(), () -> out + read(folder.resolve("errors")));
    return out;
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .putAll(
            Map.of(
                "BACKSTAY_HOME", folder.resolve("home").toString(),
                "BACKSTAY_REPOSITORY", folder.resolve("repository").toString(),
                "BACKSTAY_PASSWORD_FILE", folder.resolve("password").toString()));
    return builder.redirectError(folder.resolve("errors").toFile()).start();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String run(int exit, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(exit, process.waitFor(), () -> String.join(" ", command) + "\n" + out);
    return out;
  }

  /// As [#run], whatever the exit status, and if there is no such program.
  private static String command(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return out;
    } catch (IOException e) {
      return "";
    }
  }
}
