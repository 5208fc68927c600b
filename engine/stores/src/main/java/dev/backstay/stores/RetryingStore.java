package dev.backstay.stores;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Units;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tries again what failed in a way that may pass, and knows that a call whose answer was lost may
/// have been carried out. Whoever waits for it is told when that takes long, and when it is over.
public final class RetryingStore extends ForwardingStore {

  private static final Logger LOG = LoggerFactory.getLogger(RetryingStore.class);

  /// What passes sooner is nobody's concern.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final RetryPolicy policy;
  private final Consumer<String> notices;
  private final AtomicBoolean away = new AtomicBoolean();
  private final Waits waits = new Waits();
  private volatile boolean answered;

  /// @param notices hears a line for people, once when calls have been failing for a while and once
  ///   when they succeed again; on any thread
  public RetryingStore(ObjectStore store, RetryPolicy policy, Consumer<String> notices) {
    super(store);
    this.policy = policy;
    this.notices = notices;
  }

  /// One try of a call.
  ///
  /// @param <T> what it answers
  @FunctionalInterface
  private interface Attempt<T> {
    /// @param again whether an earlier try may have been carried out
    T run(boolean again);
  }

  private <T> T call(String what, Attempt<T> attempt) {
    Instant begin = policy.clock().instant();
    for (int tries = 1; ; tries++) {
      try {
        T result = attempt.run(tries > 1);
        answered = true;
        if (away.compareAndSet(true, false)) {
          notices.accept(location() + " answers again.");
        }
        return result;
      } catch (EngineException e) {
        pauseOrGiveUp(what, e, begin, tries);
      }
    }
  }

  private void pauseOrGiveUp(String what, EngineException e, Instant begin, int tries) {
    answered |= !e.retryable();
    Duration wait = policy.wait(tries - 1);
    Instant next = policy.clock().instant().plus(wait);
    boolean over =
        next.isAfter(begin.plus(policy.budget())) || (!answered && tries >= policy.strangers());
    boolean hopeless = !e.retryable() || over;
    if (!hopeless && next.isAfter(begin.plus(PATIENCE)) && away.compareAndSet(false, true)) {
      notices.accept(
          e.getMessage() + "; trying again for up to " + Units.duration(policy.budget()) + ".");
    }
    if (hopeless || !waits.pause(wait)) {
      throw e;
    }
    LOG.info("{} is tried again after {}: {}", what, wait, e.getMessage());
  }

  private <T> T call(String what, Supplier<T> call) {
    return call(what, _ -> call.get());
  }

  private void run(String what, Runnable call) {
    call(
        what,
        _ -> {
          call.run();
          return true;
        });
  }

  @Override
  public void create() {
    run("making the place", store::create);
  }

  @Override
  public void requirePlace() {
    run("looking at the place", store::requirePlace);
  }

  @Override
  public void put(StoreKey key, byte[] bytes, int from, int length) {
    call(
        "writing " + key,
        again -> {
          try {
            store.put(key, bytes, from, length);
          } catch (ConflictException e) {
            if (!again || !stored(key, bytes, from, length)) {
              throw e;
            }
          }
          return true;
        });
  }

  /// Whether the file that is in the way is what an earlier try wrote. What has the name of its own
  /// hash is ours if it is whole; a torn one is nobody's, and goes.
  private boolean stored(StoreKey key, byte[] bytes, int from, int length) {
    if (!Kinds.hashed(key.kind())) {
      return Arrays.equals(store.get(key), Arrays.copyOfRange(bytes, from, from + length));
    }
    if (store.size(key) != length) {
      store.delete(key);
      store.put(key, bytes, from, length);
    }
    return true;
  }

  @Override
  public byte[] get(StoreKey key) {
    return call("reading " + key, () -> store.get(key));
  }

  @Override
  public void read(StoreKey key, long offset, byte[] into, int from, int length) {
    run("reading " + key, () -> store.read(key, offset, into, from, length));
  }

  @Override
  public void readTree(StoreKey key, long offset, byte[] into, int from, int length) {
    run("reading " + key, () -> store.readTree(key, offset, into, from, length));
  }

  @Override
  public boolean exists(StoreKey key) {
    return call("looking for " + key, () -> store.exists(key));
  }

  @Override
  public long size(StoreKey key) {
    return call("looking at " + key, () -> store.size(key));
  }

  @Override
  public List<StoredFile> list(FileKind kind) {
    return call("listing " + kind.folder(), () -> store.list(kind));
  }

  @Override
  public void delete(StoreKey key) {
    call(
        "deleting " + key,
        again -> {
          try {
            store.delete(key);
          } catch (NotFoundException e) {
            if (!again) {
              throw e;
            }
          }
          return true;
        });
  }

  @Override
  public void deleteAll(Collection<StoreKey> keys) {
    run("deleting " + keys.size() + " files", () -> store.deleteAll(keys));
  }

  @Override
  public void retain(Collection<StoreKey> keys, Instant until) {
    run("keeping " + keys.size() + " files", () -> store.retain(keys, until));
  }

  @Override
  public CancelToken.Registration during(CancelToken work) {
    CancelToken.Registration here = waits.during(work);
    CancelToken.Registration below = store.during(work);
    return () -> {
      below.close();
      here.close();
    };
  }

  @Override
  public void close() {
    waits.close();
    super.close();
  }
}
