package dev.backstay.repository.opened;

import dev.backstay.model.CancelToken;
import dev.backstay.model.InternalException;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Some threads that share one pile of work and end together.
public final class Crew {

  private Crew() {}

  /// Does something with each item, `threads` at once. The first failure stops the rest and is
  /// thrown.
  public static <T> void each(
      int threads, Iterable<T> items, CancelToken cancel, Consumer<? super T> action) {
    Iterator<T> rest = items.iterator();
    AtomicBoolean stop = new AtomicBoolean();
    together(threads, () -> drain(rest, stop, cancel, action));
  }

  private static <T> void drain(
      Iterator<T> rest, AtomicBoolean stop, CancelToken cancel, Consumer<? super T> action) {
    boolean whole = false;
    try {
      while (!stop.get()) {
        cancel.checkpoint();
        T next;
        synchronized (rest) {
          if (!rest.hasNext()) {
            break;
          }
          next = rest.next();
        }
        action.accept(next);
      }
      whole = true;
    } finally {
      if (!whole) {
        stop.set(true);
      }
    }
  }

  /// Runs the same on several threads, or on the caller's if there is to be one, and waits for all.
  ///
  /// @param work must end on all of them once it has failed on one
  public static void together(int threads, Runnable work) {
    if (threads <= 1) {
      work.run();
      return;
    }
    try (ExecutorService crew =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("crew-", 0).factory())) {
      IntStream.range(0, threads)
          .<Future<?>>mapToObj(_ -> crew.submit(work))
          .toList()
          .forEach(Crew::await);
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
          throw failure(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    return cause instanceof RuntimeException known
        ? known
        : new InternalException("repository.crew", "work failed: " + cause, "", cause);
  }
}
