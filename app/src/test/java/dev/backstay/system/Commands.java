package dev.backstay.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// Runs other programs, kubectl above all.
final class Commands {

  private Commands() {}

  /// Standard output and standard error of a program that must end with this exit status.
  static String run(int exit, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = output(process);
    assertEquals(exit, process.waitFor(), () -> String.join(" ", command) + "\n" + out);
    return out;
  }

  /// As [#run], with input.
  static String feed(String input, String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String out = output(process);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + out);
    return out;
  }

  /// As [#run], whatever the exit status, and if there is no such program.
  static String command(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String out = output(process);
      process.waitFor();
      return out;
    } catch (IOException e) {
      return "";
    }
  }

  static String kubectl(String... arguments) throws Exception {
    return run(0, with("kubectl", arguments));
  }

  /// The output of a shell script in a pod, or `deployment/name`.
  static String inPod(String namespace, String pod, String script) throws Exception {
    return kubectl("exec", "-n", namespace, pod, "--", "sh", "-c", script);
  }

  static void apply(String namespace, String manifests) throws Exception {
    feed(manifests, "kubectl", "apply", "-n", namespace, "-f", "-");
  }

  /// A namespace's name that no other run has.
  static String unique(String name) {
    return name + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
  }

  /// Deletes a namespace and waits until it is gone.
  static void remove(String namespace) throws Exception {
    kubectl("delete", "namespace", namespace, "--ignore-not-found", "--wait");
  }

  /// Waits for a workload, `statefulset/db`.
  static void ready(String namespace, String workload) throws Exception {
    kubectl("rollout", "status", "-n", namespace, workload, "--timeout=180s");
  }

  /// No pod, PVC or VolumeSnapshot of any job of ours is there.
  static void assertNothingTemporary(String... namespaces) throws Exception {
    for (String namespace : namespaces) {
      String left =
          run(
              0,
              "kubectl",
              "get",
              "pods,pvc,volumesnapshots",
              "-n",
              namespace,
              "-l",
              "backstay.dev/job",
              "-o",
              "name");
      assertEquals("", left.startsWith("No resources") ? "" : left);
    }
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String[] with(String first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }
}
