package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.ui.settings.LookStore;
import dev.backstay.ui.settings.Remembered;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mistakes of ours: a report that can be copied, and a window that goes on.
final class CrashTest {

  @TempDir Path folder;

  private static void fail() {
    javafx.application.Platform.runLater(() -> {
      throw new IllegalArgumentException("token " + TestSurroundings.SECRET + " was odd");
    });
  }

  @Test
  void anErrorThatNobodyCaughtBecomesAReport() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      Toolkit.run(() -> run.window().dialogs().text("A name", "Why", "half", "Go", _ -> {}));
      fail();
      run.until("there is a report", () -> run.has("crash-text"));
      fail();
      fail();
      run.until("more of them are counted", () -> run.says("#dialog", "2 more errors"));
      run.shots("crash");
      String report = run.text("crash-text");
      for (String part : new String[] {"0.1.0-TEST", "IllegalArgument", "was odd", "of the log"}) {
        assertTrue(report.contains(part), report);
      }
      assertFalse(report.contains(TestSurroundings.SECRET), report);
      run.press("crash-copy");
      assertEquals(report, Toolkit.on(() -> Clipboard.getSystemClipboard().getString()));
      run.press("dialog-cancel");
      run.until("what was open is back", () -> run.has("dialog-text"));
      assertEquals("half", run.text("dialog-text"));
      run.press("dialog-cancel");
      run.press("nav-about");
      run.until("the window goes on", () -> run.has("copy-diagnostics"));
      fail();
      run.until("the next one is told too", () -> run.has("crash-text"));
      run.press("dialog-cancel");
    }
  }

  @Test
  void aHangIsToldOnceItIsOver() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      CrashReport reports = new CrashReport(run.window().desk(), run.window().dialogs());
      Heartbeat heartbeat = Toolkit.on(() -> new Heartbeat(reports, Duration.ofMillis(400)));
      heartbeat.start();
      Toolkit.run(CrashTest::busy);
      run.until("it is told", () -> run.has("crash-text"));
      assertTrue(run.text("crash-text").contains("CrashTest.busy"), run.text("crash-text"));
      run.shots("hang");
      heartbeat.close();
      run.press("dialog-cancel");
    }
  }

  private static boolean stillOpen(Path state) {
    return Remembered.in(state).get(LookStore.OPEN, "true").equals("true");
  }

  private static void busy() {
    try {
      Thread.sleep(3000); // longer than a beat, the patience and the mercy together
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Whoever was killed may have drawn nothing at all.
  @Test
  void afterABadEndSafeGraphicsAreOffered() throws Exception {
    try (WindowRun bare = WindowRun.bare(folder.resolve("one"))) {
      assertFalse(bare.has("use-safe-graphics"), "this one is the first");
      Path state = Files.createDirectories(folder.resolve("w").resolve("state"));
      Remembered kept = Remembered.in(state);
      kept.put(LookStore.OPEN, "true");
      kept.flush();
      try (WindowRun run =
          WindowRun.on(bare.sandbox(), folder.resolve("w"), bare.kubeconfig(), Map.of())) {
        run.until("it is offered", () -> run.has("use-safe-graphics"));
        run.shots("safe-graphics-offer");
        run.press("use-safe-graphics");
        run.until("it is told", () -> run.says(".strip", "next start"));
        assertEquals("true", run.window().desk().remembered().get(LookStore.SAFE, ""));
        run.press("safe-offer-close");
      }
      for (int i = 0; i < 200 && stillOpen(state); i++) {
        Thread.sleep(50);
      }
      assertFalse(stillOpen(state), "it ended well");
    }
  }
}
