package dev.backstay.sandbox.state;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A reader's own queue of changes.
public final class Watch implements AutoCloseable {

  private final BlockingQueue<Change> queue = new LinkedBlockingQueue<>();
  private final Consumer<Watch> onClose;

  Watch(Consumer<Watch> onClose) {
    this.onClose = onClose;
  }

  void offer(Change change) {
    queue.add(change);
  }

  /// The next change, or empty if there was none for that long.
  public Optional<Change> next(long millis) throws InterruptedException {
    return Optional.ofNullable(queue.poll(millis, TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
