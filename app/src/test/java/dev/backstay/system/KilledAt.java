package dev.backstay.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Kills a running Backstay with -9 at the moment when its journal says that a step begins.
public final class KilledAt {

  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

  private KilledAt() {}

  /// @param home the process's BACKSTAY_HOME
  /// @param step the name of the step
  /// @param process just started
  /// @return whether it was killed; false if it ended before
  public static boolean step(Path home, String step, Process process) throws Exception {
    String wanted = "\"entry\":\"step\",\"name\":\"" + step + "\"";
    long last = System.nanoTime() + PATIENCE_NANOS;
    List<String> ended = contents(home);
    while (process.isAlive() && System.nanoTime() < last) {
      List<String> now = contents(home);
      boolean begun =
          now.stream().anyMatch(text -> count(text, wanted) > most(ended, text, wanted));
      if (begun) {
        process.destroyForcibly();
        process.waitFor();
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(1); // the process needs the processor too
    }
    process.destroyForcibly();
    process.waitFor();
    return false;
  }

  /// How often the step stood in the same job's journal before.
  private static long most(List<String> before, String text, String wanted) {
    String first = text.lines().findFirst().orElse("");
    return before.stream()
        .filter(old -> !first.isEmpty() && old.startsWith(first))
        .mapToLong(old -> count(old, wanted))
        .max()
        .orElse(0);
  }

  private static long count(String text, String wanted) {
    return text.lines().filter(line -> line.contains(wanted)).count();
  }

  private static List<String> contents(Path home) throws IOException {
    Path journal = home.resolve("data/journal");
    List<String> contents = new ArrayList<>();
    if (Files.isDirectory(journal)) {
      try (Stream<Path> files = Files.list(journal)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".jsonl")).toList()) {
          contents.add(Files.readString(file));
        }
      } catch (java.nio.file.NoSuchFileException e) {
        return List.of(); // an ended job's journal has just gone
      }
    }
    return contents;
  }
}
