package dev.backstay.cluster.volumesnapshot;

import dev.backstay.model.EngineException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// The same step for several volumes at once, each on a thread of its own.
public final class AtOnce {

  private AtOnce() {}

  /// Returns when all are done.
  ///
  /// @throws EngineException the first that one of them threw
  public static <T> void each(Collection<T> items, Consumer<T> step) {
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      items.forEach(item -> running.add(threads.submit(() -> step.accept(item))));
    }
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof EngineException known
            ? known
            : new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
