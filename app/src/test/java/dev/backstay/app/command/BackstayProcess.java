package dev.backstay.app.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The program in a process of its own, to be killed or cut off.
final class BackstayProcess {

  private BackstayProcess() {}

  static Process start(Path home, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(
        home,
        environment,
        ProcessBuilder.Redirect.DISCARD,
        ProcessBuilder.Redirect.DISCARD,
        arguments);
  }

  static Process start(
      Path home,
      Map<String, String> environment,
      ProcessBuilder.Redirect out,
      ProcessBuilder.Redirect err,
      String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.backstay.app.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.environment().putAll(environment);
    builder.environment().put("BACKSTAY_HOME", home.toString());
    return builder.start();
  }
}
