package dev.backstay.repository.prune;

import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs the same work on several threads, or on the caller's if there is to be one.
final class Workers {

  private Workers() {}

  /// Ends when all have ended; the first failure is thrown.
  static void run(int threads, String name, Runnable work) {
    if (threads <= 1) {
      work.run();
      return;
    }
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name(name + '-', 0).factory())) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(pool.submit(work));
      }
      all.forEach(Workers::await);
    }
  }

  private static void await(Future<?> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          future.get();
          return;
        } catch (InterruptedException e) {
          // Nobody here interrupts; a stranger's interrupt is passed on, not obeyed.
          interrupted = true;
        } catch (ExecutionException e) {
          throw known(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static EngineException known(@org.jspecify.annotations.Nullable Throwable cause) {
    return cause instanceof EngineException e
        ? e
        : new InternalException("prune.worker", "pruning failed: " + cause, "", cause);
  }
}
