package dev.backstay.catalog;

import dev.backstay.model.EngineException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A process of its own that writes restore points of 20 volumes each, and prints the number of
/// each one after it was written; on an error its code.
final class WriterProcess {

  private WriterProcess() {}

  /// folder, prefix of the ids, first number, how many.
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int first = Integer.parseInt(args[2]);
    int count = Integer.parseInt(args[3]);
    try (Catalog catalog = Catalog.open(Path.of(args[0]), InstantSource.system())) {
      for (int i = first; i < first + count; i++) {
        catalog.putRestorePoint(Rows.point("repo", args[1] + i, "shop", Rows.NOON, 20));
        out.println(i);
      }
      out.println("done");
    } catch (EngineException e) {
      out.println(e.code());
    }
  }

  static ProcessBuilder command(Path folder, String prefix, int first, int count, String... shell) {
    List<String> command = new ArrayList<>(List.of(shell));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            WriterProcess.class.getName(),
            folder.toString(),
            prefix,
            "" + first,
            "" + count));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  static List<String> lines(Process process) throws IOException {
    try (var reader = process.inputReader()) {
      return reader.lines().toList();
    }
  }
}
