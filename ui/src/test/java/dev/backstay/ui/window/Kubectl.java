package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// kubectl on a real cluster: what a user does beside the window.
final class Kubectl {

  private final String namespace;

  Kubectl(String namespace) {
    this.namespace = namespace;
  }

  /// What kubectl prints; it must succeed.
  String run(String... arguments) throws IOException, InterruptedException {
    return feed("", arguments);
  }

  void apply(String manifests) throws IOException, InterruptedException {
    feed(manifests, "apply", "-f", "-");
  }

  String inPod(String pod, String script) throws IOException, InterruptedException {
    return run("exec", pod, "--", "sh", "-c", script).strip();
  }

  private String feed(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kubectl", "-n", namespace));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + out);
    return out;
  }
}
