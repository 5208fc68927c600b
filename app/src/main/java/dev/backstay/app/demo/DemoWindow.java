package dev.backstay.app.demo;

import dev.backstay.app.console.Console;
import dev.backstay.model.StorageException;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.ui.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// The demo cluster, populated, with a window on it.
public final class DemoWindow {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PVC = "uploads";

  private DemoWindow() {}

  /// Opens a window and comes back when it is closed.
  @FunctionalInterface
  public interface Opening {
    /// @param environment in which the demo cluster and repository are the user's
    /// @return the exit code
    int open(Map<String, String> environment, Surroundings.DemoCluster demo);
  }

  /// @return the exit code
  public static int run(
      Console console,
      Map<String, String> environment,
      DemoRun.Commands commands,
      boolean keep,
      Opening window) {
    console.say("Preparing the demo cluster; the window opens in a few seconds.");
    return DemoRun.run(
        console,
        environment,
        commands,
        keep,
        (shell, sandbox, _, inside) -> {
          populate(shell, sandbox);
          return window.open(inside, new Cluster(sandbox));
        });
  }

  private static void populate(DemoShell shell, Sandbox sandbox) throws DemoShell.Stopped {
    DemoShop shop = DemoShop.install(sandbox);
    shell.quietly("repo", "init");
    for (int state = 0; state < DemoShop.EARLIER_STATES; state++) {
      shop.earlierState(state);
      sandbox.settle(PATIENCE);
      shell.quietly("backup", "-n", DemoShop.NAMESPACE);
    }
    shop.presentState();
    sandbox.settle(PATIENCE);
    shell.quietly("backup", "-n", DemoShop.NAMESPACE);
  }

  private record Cluster(Sandbox sandbox) implements Surroundings.DemoCluster {

    @Override
    public String context() {
      return "sandbox";
    }

    @Override
    public String namespace() {
      return DemoShop.NAMESPACE;
    }

    @Override
    public String pvc() {
      return PVC;
    }

    @Override
    public String file() {
      return DemoShop.A_FILE;
    }

    @Override
    public void loseFile() {
      try {
        Files.deleteIfExists(path());
      } catch (IOException e) {
        throw new StorageException(
            "demo.file", path() + " cannot be deleted: " + e.getMessage(), "", e);
      }
    }

    @Override
    public boolean hasFile() {
      return Files.exists(path());
    }

    private Path path() {
      return sandbox.volume(DemoShop.NAMESPACE, PVC).resolve(DemoShop.A_FILE);
    }
  }
}
