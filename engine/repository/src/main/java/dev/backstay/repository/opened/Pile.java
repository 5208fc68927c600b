package dev.backstay.repository.opened;

import dev.backstay.model.CancelToken;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Work of which more turns up while it is done, shared by some threads. The youngest is done
/// first, so that the pile stays as high as what is walked is deep.
public final class Pile<T> {

  /// What is done with one item, on any of the threads.
  @FunctionalInterface
  public interface Work<T> {
    /// @param more takes what turns up
    void on(T item, Consumer<T> more);
  }

  private final Deque<T> todo;
  private final CancelToken cancel;
  private final Work<T> work;
  private int busy;
  private boolean failed;

  private Pile(Collection<? extends T> begin, CancelToken cancel, Work<T> work) {
    todo = new ArrayDeque<>(begin);
    this.cancel = cancel;
    this.work = work;
  }

  /// Returns when nothing is left. The first failure stops the rest and is thrown.
  public static <T> void clear(
      int threads, Collection<? extends T> begin, CancelToken cancel, Work<T> work) {
    if (!begin.isEmpty()) {
      Crew.together(threads, new Pile<T>(begin, cancel, work)::help);
    }
  }

  private void help() {
    T item = next();
    while (item != null) {
      boolean done = false;
      try {
        cancel.checkpoint();
        work.on(item, this::add);
        done = true;
      } finally {
        finish(done);
      }
      item = next();
    }
  }

  private synchronized void add(T item) {
    todo.addLast(item);
    notifyAll();
  }

  private synchronized @Nullable T next() {
    boolean interrupted = false;
    while (todo.isEmpty() && busy > 0 && !failed) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failed || todo.isEmpty()) {
      return null;
    }
    busy++;
    return todo.removeLast();
  }

  private synchronized void finish(boolean done) {
    busy--;
    failed |= !done;
    notifyAll();
  }
}
