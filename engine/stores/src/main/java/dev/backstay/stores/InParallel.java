package dev.backstay.stores;

import dev.backstay.model.EngineException;
import dev.backstay.model.UnreachableException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/// The same for many things at once, on virtual threads.
final class InParallel {

  private InParallel() {}

  /// Begins no more once one has failed; throws that failure when all that were begun are done.
  static <T> void each(Collection<T> all, int most, Consumer<T> work) {
    map(
        all,
        most,
        one -> {
          work.accept(one);
          return true;
        });
  }

  /// The results, in order.
  static <T, R> List<R> map(Collection<T> all, int most, Function<T, R> work) {
    Semaphore turns = new Semaphore(most);
    AtomicBoolean failed = new AtomicBoolean();
    List<Future<R>> futures = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (T one : all) {
        turns.acquireUninterruptibly();
        if (failed.get()) {
          break;
        }
        futures.add(
            threads.submit(() -> {
              try {
                return work.apply(one);
              } catch (RuntimeException e) {
                failed.set(true);
                throw e;
              } finally {
                turns.release();
              }
            }));
      }
    }
    return futures.stream().map(InParallel::result).toList();
  }

  private static <R> R result(Future<R> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineException known) {
        throw known;
      }
      throw new IllegalStateException("work of the store failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(
          "store.interrupted", "the work was interrupted", "try again", e);
    }
  }
}
