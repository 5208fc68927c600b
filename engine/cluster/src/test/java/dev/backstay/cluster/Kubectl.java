package dev.backstay.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The real kubectl, to compare with.
public final class Kubectl {

  private Kubectl() {}

  /// How a run ended.
  public record Run(int status, String output) {
    public Run succeeded() {
      assertEquals(0, status, output);
      return this;
    }
  }

  /// Skips the calling test where there is no kubectl.
  public static Run run(Map<String, String> environment, String input, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(find()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (var in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private static String find() {
    String path = String.valueOf(System.getenv("PATH"));
    var found =
        Arrays.stream(path.split(":"))
            .map(folder -> Path.of(folder, "kubectl"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(found.isPresent(), "no kubectl on the PATH");
    return found.orElseThrow().toString();
  }
}
