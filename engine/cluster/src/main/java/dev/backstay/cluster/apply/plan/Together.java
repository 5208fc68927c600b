package dev.backstay.cluster.apply.plan;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Does the same with many things, a few at once. The answers come in the order of the things.
public final class Together {

  private static final int AT_ONCE = 12;

  private Together() {}

  /// @throws EngineException the first that any of them threw; what had begun is waited for
  public static <T, R> List<R> map(List<T> things, CancelToken cancel, Function<T, R> what) {
    Semaphore places = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<R>> running =
          things.stream().map(t -> threads.submit(() -> one(t, places, cancel, what))).toList();
      return running.stream().map(Together::joined).toList();
    }
  }

  private static <T, R> R one(T thing, Semaphore places, CancelToken cancel, Function<T, R> what) {
    places.acquireUninterruptibly();
    try {
      cancel.checkpoint();
      return what.apply(thing);
    } finally {
      places.release();
    }
  }

  private static <R> R joined(Future<R> running) {
    try {
      return running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InternalException("cluster.interrupted", "the work was interrupted", "", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException known
          ? known
          : new InternalException("cluster.apply", "the work broke", "see the log", e);
    }
  }
}
