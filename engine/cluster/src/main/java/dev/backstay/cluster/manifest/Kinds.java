package dev.backstay.cluster.manifest;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Does the same with many kinds, a few at a time. A kind that fails is a line of the tally; what
/// is fatal, or no error of a kind at all, stops the others and comes out.
final class Kinds {

  /// Enough to hide the server's latency, few enough that it does not notice.
  private static final int AT_ONCE = 6;

  /// Tells a long reading that another one failed for good.
  interface Running {
    boolean goesOn();

    /// Ends the reading of all kinds: the one who takes the objects has failed.
    void end(RuntimeException why);
  }

  /// What is done with each.
  interface Step<T> {
    void with(T item, Running running);
  }

  private record Shared(AtomicReference<@Nullable Throwable> failure, CancelToken cancel)
      implements Running {
    @Override
    public boolean goesOn() {
      return failure.get() == null && !cancel.isCancelled();
    }

    @Override
    public void end(RuntimeException why) {
      failure.compareAndSet(null, why);
    }
  }

  private Kinds() {}

  static <T> void forEach(Collection<T> items, Tally tally, CancelToken cancel, Step<T> step) {
    Queue<T> queue = new ConcurrentLinkedQueue<>(items);
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Running running = new Shared(failure, cancel);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < Math.min(AT_ONCE, items.size()); i++) {
        var _ = threads.submit(() -> work(queue, running, failure, tally, step));
      }
    }
    rethrow(failure.get());
    cancel.checkpoint();
  }

  private static <T> void work(
      Queue<T> queue,
      Running running,
      AtomicReference<@Nullable Throwable> failure,
      Tally tally,
      Step<T> step) {
    for (T item = queue.poll(); item != null && running.goesOn(); item = queue.poll()) {
      try {
        step.with(item, running);
      } catch (EngineException e) {
        if (ManifestReader.fatal(e)) {
          failure.compareAndSet(null, e);
        } else {
          tally.failed(label(item), e);
        }
      } catch (RuntimeException | Error e) {
        failure.compareAndSet(null, e);
      }
    }
  }

  private static String label(Object item) {
    return switch (item) {
      case dev.backstay.cluster.discovery.ResourceType type -> type.qualifiedPlural();
      case ClusterNeeds.Need need -> need.type().qualifiedPlural() + "/" + need.name();
      default -> item.toString();
    };
  }

  private static void rethrow(@Nullable Throwable failure) {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
