package dev.backstay.ui.window;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javafx.application.Platform;

/// JavaFX on its Headless platform, started once for all tests of this process.
final class Toolkit {

  private static final long PATIENCE = 60;

  static {
    FacadeGuard.install();
    CountDownLatch started = new CountDownLatch(1);
    Platform.startup(started::countDown);
    Platform.setImplicitExit(false);
    try {
      if (!started.await(PATIENCE, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the toolkit did not start");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Toolkit() {}

  /// Runs on the FX thread and waits for its end.
  static <T> T on(Callable<T> work) {
    if (Platform.isFxApplicationThread()) {
      try {
        return work.call();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    CompletableFuture<T> result = new CompletableFuture<>();
    Platform.runLater(() -> {
      try {
        result.complete(work.call());
      } catch (Throwable e) {
        result.completeExceptionally(e);
      }
    });
    return result.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
  }

  static void run(Runnable work) {
    on(() -> {
      work.run();
      return true;
    });
  }

  /// What is looked for on the FX thread is not there; waited for, it may come.
  static final class AbsentError extends AssertionError {
    private static final long serialVersionUID = 1;

    AbsentError(String what) {
      super(what);
    }
  }

  private static boolean holds(BooleanSupplier condition) {
    return on(() -> {
      try {
        return condition.getAsBoolean();
      } catch (AbsentError e) {
        return false;
      }
    });
  }

  /// Waits until the condition, looked at on the FX thread, holds.
  static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain until " + what);
      }
      try {
        Thread.sleep(30);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
