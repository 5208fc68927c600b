package dev.backstay.app.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.workflow.job.JobProgress;
import dev.backstay.workflow.job.JobState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static JobProgress at(String phase, int seconds) {
    return new JobProgress(
        JobState.RUNNING,
        phase,
        1200,
        20_000,
        1 << 20,
        1L << 30,
        1 << 20,
        2 << 20,
        2 << 20,
        Duration.ofSeconds(seconds),
        Duration.ofSeconds(512));
  }

  private Console console(boolean terminal) {
    return new Console(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, false, StandardCharsets.UTF_8),
        new Terminal(false, false, terminal, 80, false),
        new Redactor());
  }

  @Test
  void saysPhaseItemsBytesRateAndEta() {
    assertEquals(
        "files  1,200/20,000 items  1.0 MiB of 1.0 GiB  2.0 MiB/s  ETA 8m32s",
        ProgressDisplay.describe(at("files", 1)));
  }

  @Test
  void plainLinesComeWithAPhaseAndThenSeldom() {
    try (ProgressDisplay display = ProgressDisplay.on(console(false))) {
      for (int second = 0; second < 25; second++) {
        display.show(at(second < 12 ? "files" : "commit", second));
      }
    }
    assertEquals(4, err.toString(StandardCharsets.UTF_8).lines().count());
    assertEquals(0, out.size());
  }

  @Test
  void theLiveLineStaysWithinTheTerminalAndIsWiped() {
    try (ProgressDisplay display = ProgressDisplay.on(console(true))) {
      display.show(at("a phase with quite a long name that nobody would choose", 1));
    }
    String drawn = err.toString(StandardCharsets.UTF_8);
    String line = drawn.substring(1, drawn.indexOf("\u001b[K"));
    assertEquals(79, Text.width(line));
    assertEquals("\r\u001b[K", drawn.substring(drawn.length() - 4));
  }

  @Test
  void whatIsSaidTakesThePlaceOfTheLiveLine() {
    Console console = console(true);
    try (ProgressDisplay display = ProgressDisplay.on(console)) {
      display.show(at("files", 1));
      console.say("The store does not answer.");
      console.say("And again.");
      display.show(at("files", 2));
    }
    String drawn = err.toString(StandardCharsets.UTF_8);
    String said = "The store does not answer." + System.lineSeparator() + "And again.";
    assertTrue(drawn.contains("\u001b[K\r\u001b[K" + said), drawn);
  }
}
