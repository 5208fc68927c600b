package dev.backstay.app.window;

import dev.backstay.ui.Surroundings;
import dev.backstay.ui.settings.LookStore;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.window.BackstayWindow;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ContextRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javafx.application.Platform;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;

/// Starts the toolkit, shows the window, and waits until it is closed.
public final class WindowProcess {

  private final Engine engine;
  private final Path state;
  private final ContextRequest contexts;
  private final Surroundings surroundings;
  private final InstantSource clock;

  public WindowProcess(
      Engine engine,
      Path state,
      ContextRequest contexts,
      Surroundings surroundings,
      InstantSource clock) {
    this.engine = engine;
    this.state = state;
    this.contexts = contexts;
    this.surroundings = surroundings;
    this.clock = clock;
  }

  /// @param wish a context and a namespace to begin with, both may be empty
  /// @param connect whether the context is opened at once, as the demo's is
  public void run(List<String> wish, OneWindow one, boolean connect) {
    if (Remembered.in(state).get(LookStore.SAFE, "false").equals("true")) {
      System.setProperty("prism.order", "sw");
      System.setProperty("prism.text", "t2k");
    }
    CountDownLatch closed = new CountDownLatch(1);
    AtomicReference<@Nullable RuntimeException> failed = new AtomicReference<>();
    Platform.startup(() -> {
      try {
        open(wish, one, connect, closed);
      } catch (RuntimeException e) {
        failed.set(e);
        closed.countDown();
      }
    });
    await(closed);
    Platform.exit();
    RuntimeException why = failed.get();
    if (why != null) {
      throw why;
    }
  }

  private void open(List<String> wish, OneWindow one, boolean connect, CountDownLatch closed) {
    Stage stage = new Stage();
    Platform.setImplicitExit(false);
    BackstayWindow window = new BackstayWindow(stage, engine, state, contexts, surroundings, clock);
    stage.setOnHidden(_ -> closed.countDown());
    window.show();
    if (connect) {
      window.connect(wish.getFirst());
    } else if (!wish.getFirst().isEmpty()) {
      window.open(wish.getFirst(), wish.getLast());
    }
    one.listen(later ->
        Platform.runLater(() -> {
          window.toFront();
          if (later.size() == 2 && !later.getFirst().isEmpty()) {
            window.open(later.getFirst(), later.getLast());
          }
        }));
  }

  private static void await(CountDownLatch closed) {
    try {
      closed.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
