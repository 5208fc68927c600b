package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.shell.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start asks the window for: done, or said why not.
final class WishesTest {

  @TempDir Path folder;

  private static void grant(WindowRun run, WindowWish wish) {
    Toolkit.run(() -> run.window().grant(wish));
  }

  @Test
  void aNamespaceAloneIsOneOfTheCurrentContext() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      grant(run, new WindowWish("", "shop", "", ""));
      run.until("it is shown", () -> run.shows("namespace-summary", "2 PVCs"));
    }
  }

  @Test
  void anUnknownContextIsTold() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      grant(run, new WindowWish("nowhere", "", "", ""));
      run.until("it is told", () -> run.says("#dialog", "nowhere"));
      run.shots("wish-unknown");
      run.press("dialog-action");
    }
  }

  @Test
  void aKubeconfigAndARepositoryComeAlong() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      Path other =
          Files.writeString(
              folder.resolve("other"),
              Files.readString(run.kubeconfig())
                  .replace("name: sandbox\n  context", "name: there\n  context"));
      String repository = folder.resolve("elsewhere").toString();
      grant(run, new WindowWish("there", "shop", other.toString(), repository));
      run.until("it is shown", () -> run.shows("namespace-summary", "2 PVCs"));
      OpenCluster there =
          ((Place.Namespace) Toolkit.on(() -> run.window().desk().navigator().place())).cluster();
      assertEquals(other, there.key().kubeconfig());
      assertEquals(
          repository,
          Toolkit.on(() ->
              Objects.requireNonNull(run.window().desk().repositories().chosen()).location()));
    }
  }
}
