package dev.backstay.workflow.repository;

import dev.backstay.model.StoreNotice;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Passes on what is said of stores that do not answer to whoever listens. Safe for use by many
/// threads.
public final class StoreNotices {

  private final List<Consumer<StoreNotice>> listeners = new CopyOnWriteArrayList<>();

  /// @param listener called on any thread, also those that wait for the store
  public void listen(Consumer<StoreNotice> listener) {
    listeners.add(listener);
  }

  void tell(StoreNotice notice) {
    listeners.forEach(listener -> listener.accept(notice));
  }
}
