package dev.backstay.system;

import static dev.backstay.system.Commands.assertNothingTemporary;
import static dev.backstay.system.Commands.command;
import static dev.backstay.system.Commands.inPod;
import static dev.backstay.system.Commands.kubectl;
import static dev.backstay.system.Commands.remove;
import static dev.backstay.system.Commands.run;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The built program against a real cluster: a namespace is backed up while it is written to, lost,
/// and restored, under its own name and under another one into another class. Smaller than the
/// benchmark, otherwise the same workload.
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeSystemTest {

  private static final Path WORKLOAD = Path.of("../src/bench/workload.yaml");
  private static final String NAMESPACE = Commands.unique("backstay-system");
  private static final String COPY = NAMESPACE + "-copy";
  private static final long SIZE_MIB = 512;
  private static final String FINGERPRINT =
      "cd /data && find . ! -name live.log ! -type d -exec stat -c '%F %a %u %g %s %Y %n' {} + |"
          + " sort | sha256sum; find . -type f ! -name live.log -print0 | sort -z | xargs -0"
          + " sha256sum | sha256sum";

  @TempDir static Path folder;

  private static String before = "";
  private static BuiltProgram program;

  @BeforeAll
  static void workload() throws Exception {
    program = BuiltProgram.in(folder);
    kubectl("create", "namespace", NAMESPACE);
    Path workload = folder.resolve("workload.yaml");
    Files.writeString(
        workload,
        Files.readString(WORKLOAD)
            .replace("FILES", "600")
            .replace("SIZE_MIB", Long.toString(SIZE_MIB)));
    // Twice: the custom resource needs its definition to be served.
    command("kubectl", "apply", "-n", NAMESPACE, "-f", workload.toString());
    kubectl("wait", "--for=condition=Established", "crd/crews.bench.backstay.dev");
    kubectl("apply", "-n", NAMESPACE, "-f", workload.toString());
    ready(NAMESPACE);
    before = fingerprints(NAMESPACE);
    program.run(0, "repo", "init");
  }

  @AfterAll
  static void removeAll() throws Exception {
    if (System.getenv("KUBECONFIG") != null) {
      command("kubectl", "delete", "namespace", NAMESPACE, COPY, "--wait=false");
    }
  }

  @Test
  @Order(1)
  void aBackUpKilledAtEveryStepAndAtHalfOfItsBytesIsTakenUp() throws Exception {
    killedAt(List.of("volumesnapshots", "manifests", "files"), "backup", "-n", NAMESPACE);
    killAtHalf(program.start("backup", "-n", NAMESPACE));
    long again = sent(program.run(0, "backup", "-n", NAMESPACE, "-o", "json"));
    assertTrue(again <= (SIZE_MIB << 20) * 0.6, again + " bytes were sent again");
    killedAt(List.of("clean-up", "commit"), "backup", "-n", NAMESPACE);
    program.run(0, "backup", "-n", NAMESPACE);
    assertNothingTemporary(NAMESPACE, COPY);
  }

  private static void killedAt(List<String> steps, String... arguments) throws Exception {
    for (String step : steps) {
      assertTrue(KilledAt.step(folder.resolve("home"), step, program.start(arguments)), step);
    }
  }

  private static long sent(String result) {
    return JsonMapper.shared().readTree(result).path("bytesMoved").asLong();
  }

  /// What was stored by then is not sent again.
  private static void killAtHalf(Process process) throws Exception {
    while (stored() < SIZE_MIB << 19) {
      assertTrue(process.isAlive(), "it ended before half was stored");
      TimeUnit.MILLISECONDS.sleep(50);
    }
    process.destroyForcibly().waitFor();
  }

  private static long stored() throws IOException {
    Path data = folder.resolve("repository/data");
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
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
            program.repository().toString(),
            "--password-file",
            program.password().toString(),
            "check",
            "--read-data");
    assertTrue(out.contains("no errors were found"), out);
  }

  @Test
  @Order(3)
  void aDeletedNamespaceComesBack() throws Exception {
    remove(NAMESPACE);
    killedAt(List.of("objects", "files", "workloads"), "restore", "latest", "-n", NAMESPACE);
    program.run(0, "restore", "latest", "-n", NAMESPACE);
    ready(NAMESPACE);
    assertEquals(before, fingerprints(NAMESPACE));
    assertEquals(
        "yes",
        kubectl("get", "-n", NAMESPACE, "crew/night-watch", "-o", "jsonpath={.spec.onCall}"));
    assertNothingTemporary(NAMESPACE, COPY);
  }

  @Test
  @Order(4)
  void itComesBackUnderAnotherNameInAnotherClass() throws Exception {
    program.run(
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
        kubectl("get", "-n", COPY, "pvc/big", "-o", "jsonpath={.spec.storageClassName}"));
    assertNothingTemporary(NAMESPACE, COPY);
  }

  private static void ready(String namespace) throws Exception {
    Commands.ready(namespace, "statefulset/small");
    Commands.ready(namespace, "deployment/big");
  }

  private static String fingerprints(String namespace) throws Exception {
    return inPod(namespace, "small-0", FINGERPRINT)
        + inPod(namespace, "deployment/big", FINGERPRINT);
  }
}
