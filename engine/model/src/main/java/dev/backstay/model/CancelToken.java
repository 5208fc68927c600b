package dev.backstay.model;

import java.util.ArrayList;
import java.util.List;

/// Cooperative cancellation: workers call [#checkpoint()] between steps, the owner calls
/// [#cancel()].
///
/// Threads are never interrupted, because an interrupt closes file channels and the catalog. What
/// blocks on a socket registers an action with [#onCancel(Runnable)] that closes it. Safe for use
/// by many threads.
public final class CancelToken {

  private final List<Runnable> actions = new ArrayList<>();
  private boolean cancelled;

  /// Asks all work under this token to stop, and runs the registered actions on the calling thread.
  /// Only the first call does anything.
  public void cancel() {
    List<Runnable> todo;
    synchronized (this) {
      if (cancelled) {
        return;
      }
      cancelled = true;
      todo = List.copyOf(actions);
      actions.clear();
    }
    todo.forEach(Runnable::run);
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /// @throws CancelledException if [#cancel()] was called
  public void checkpoint() {
    if (isCancelled()) {
      throw new CancelledException();
    }
  }

  /// Registers an action for the moment of cancelling; runs it at once if that has passed. The
  /// action must not block for long and must not throw. Close the registration when the action is
  /// no longer needed.
  public Registration onCancel(Runnable action) {
    synchronized (this) {
      if (!cancelled) {
        actions.add(action);
        return () -> remove(action);
      }
    }
    action.run();
    return () -> {};
  }

  private synchronized void remove(Runnable action) {
    actions.remove(action);
  }

  /// Undoes [CancelToken#onCancel(Runnable)].
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
