package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Whether a window can be opened, what happens instead, and what a second start does. Real
/// processes, drawn by JavaFX's Headless platform.
@EnabledOnOs(OS.LINUX)
final class WindowLaunchTest {

  private static final Map<String, String> HEADLESS =
      Map.of("JAVA_TOOL_OPTIONS", "-Dglass.platform=Headless -Dprism.order=sw");

  @TempDir Path folder;

  @Test
  void aWindowNeedsADisplay() {
    assertFalse(WindowLaunch.possible(Map.of()));
    assertFalse(WindowLaunch.possible(Map.of("DISPLAY", " ")));
    assertTrue(WindowLaunch.possible(Map.of("DISPLAY", ":0")));
    assertTrue(WindowLaunch.possible(Map.of("WAYLAND_DISPLAY", "wayland-0")));
  }

  @Test
  void withoutADisplayTheDemoRunsOnTheTerminal() {
    CommandLineRun run = CommandLineRun.of(folder, Map.of(), "demo");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("There is no display here"), run.err());
  }

  private static void until(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited in vain until " + what);
      Thread.sleep(100);
    }
  }

  private int second(Path err, String... arguments) throws Exception {
    Process process =
        BackstayProcess.start(
            folder,
            HEADLESS,
            ProcessBuilder.Redirect.DISCARD,
            ProcessBuilder.Redirect.to(err.toFile()),
            arguments);
    assertTrue(process.waitFor(90, TimeUnit.SECONDS), "it comes back at once");
    return process.exitValue();
  }

  @Test
  void aSecondStartHandsOverWhatItWasAskedFor() throws Exception {
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")))) {
      DemoShop.install(sandbox);
      sandbox.settle(Duration.ofSeconds(30));
      Path empty = Files.writeString(folder.resolve("empty"), "");
      Path state = folder.resolve("state");
      Process first = BackstayProcess.start(folder, HEADLESS, "--kubeconfig", empty.toString());
      try {
        until("its window listens", () -> Files.exists(state.resolve("window.sock")));
        sandbox.requests().record();
        Path err = folder.resolve("err");
        String kubeconfig = sandbox.kubeconfig().toString();
        String[] wish = {"--kubeconfig", kubeconfig, "--context", "sandbox", "-n", "shop"};
        assertEquals(0, second(err, wish), Files.readString(err));
        until(
            "the first window shows that namespace",
            () ->
                sandbox.requests().seen().stream()
                    .anyMatch(request -> request.contains("/namespaces/shop/persistentvolumecl")));
        assertTrue(first.isAlive());
        assertEquals(1, second(err, "--as", "alice"), Files.readString(err));
        String told = Files.readString(err);
        assertTrue(told.contains("impersonates nobody") && told.contains("--as"), told);
      } finally {
        first.destroy();
        assertTrue(first.waitFor(60, TimeUnit.SECONDS), "it ends when it is told to");
      }
    }
  }
}
