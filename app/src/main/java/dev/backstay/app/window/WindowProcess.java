package dev.backstay.app.window;

import dev.backstay.ui.Surroundings;
import dev.backstay.ui.settings.LookStore;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.window.BackstayWindow;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.application.Platform;
import javafx.stage.Stage;

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

  /// Comes back when the window is closed.
  ///
  /// @param connect whether the context is opened at once and nothing more, as the demo's is
  /// @return the sessions that are still open: the engine's jobs use them until it is closed
  public List<ClusterSession> run(Wish wish, OneWindow one, boolean connect) {
    Remembered remembered = Remembered.in(state);
    if (remembered.get(LookStore.SAFE, "false").equals("true")) {
      System.setProperty("prism.order", "sw");
      System.setProperty("prism.text", "t2k");
    }
    CompletableFuture<List<ClusterSession>> closed = new CompletableFuture<>();
    Platform.startup(() -> {
      try {
        open(wish, one, connect, remembered, closed);
      } catch (RuntimeException e) {
        closed.completeExceptionally(e);
      }
    });
    // whoever ends this process with a signal has not seen it crash
    Thread ending = new Thread(() -> endWell(remembered), "window-ending");
    Runtime.getRuntime().addShutdownHook(ending);
    try {
      return await(closed);
    } finally {
      Platform.exit();
      remembered.flush();
    }
  }

  private static void endWell(Remembered remembered) {
    remembered.put(LookStore.OPEN, "false");
    remembered.flush();
  }

  private void open(
      Wish wish,
      OneWindow one,
      boolean connect,
      Remembered remembered,
      CompletableFuture<List<ClusterSession>> closed) {
    Stage stage = new Stage();
    Platform.setImplicitExit(false);
    BackstayWindow window =
        new BackstayWindow(stage, engine, remembered, contexts, surroundings, clock);
    stage.setOnHidden(_ -> closed.complete(window.desk().clusters().sessions()));
    window.show();
    if (connect) {
      window.connect(wish.wanted().context());
    } else {
      window.grant(wish.wanted());
    }
    Thread.startVirtualThread(() -> one.listen(later -> heard(later, wish, window)));
  }

  /// Why it is not done, empty if it is.
  private static String heard(Wish later, Wish first, BackstayWindow window) {
    if (!later.asUser().equals(first.asUser())) {
      return first.asUser().isEmpty()
          ? "the window that is open impersonates nobody"
          : "the window that is open acts as " + first.asUser();
    }
    window
        .desk()
        .background()
        .onFx(() -> {
          window.toFront();
          window.grant(later.wanted());
        });
    return "";
  }

  private static List<ClusterSession> await(CompletableFuture<List<ClusterSession>> closed) {
    try {
      return closed.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException why) {
        throw why;
      }
      throw new IllegalStateException(e);
    }
  }
}
