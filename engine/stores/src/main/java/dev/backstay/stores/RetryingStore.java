package dev.backstay.stores;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StoreNotice;
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
import java.util.concurrent.atomic.AtomicInteger;
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
  private final Consumer<StoreNotice> notices;
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Waits waits = new Waits();
  private volatile boolean answered;

  /// @param notices hears once when calls have been failing for a while, and once when they succeed
  ///   again or nobody waits any more; on any thread
  public RetryingStore(ObjectStore store, RetryPolicy policy, Consumer<StoreNotice> notices) {
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
    boolean counted = false;
    try {
      for (int tries = 1; ; tries++) {
        try {
          T result = attempt.run(tries > 1);
          answered = true;
          if (away.compareAndSet(true, false)) {
            tell(StoreNotice.State.BACK, location() + " answers again.");
          }
          return result;
        } catch (EngineException e) {
          Duration wait = waitOrGiveUp(e, begin, tries);
          Instant next = policy.clock().instant().plus(wait);
          if (!counted && next.isAfter(begin.plus(PATIENCE))) {
            counted = true;
            waiting.incrementAndGet();
            speakOf(e);
          }
          if (!waits.pause(wait)) {
            throw e;
          }
          LOG.info("{} is tried again after {}: {}", what, wait, e.getMessage());
        }
      }
    } finally {
      boolean last = counted && waiting.decrementAndGet() == 0;
      if (last && away.compareAndSet(true, false)) {
        tell(StoreNotice.State.GIVEN_UP, location() + " is not asked any more.");
      }
    }
  }

  private void speakOf(EngineException e) {
    if (away.compareAndSet(false, true)) {
      String budget = Units.duration(policy.budget());
      tell(StoreNotice.State.AWAY, e.getMessage() + "; trying again for up to " + budget + ".");
    }
  }

  private void tell(StoreNotice.State state, String text) {
    notices.accept(new StoreNotice(location(), state, text));
  }

  private Duration waitOrGiveUp(EngineException e, Instant begin, int tries) {
    answered |= !e.retryable();
    Duration wait = policy.wait(tries - 1);
    Instant next = policy.clock().instant().plus(wait);
    boolean over =
        next.isAfter(begin.plus(policy.budget())) || (!answered && tries >= policy.strangers());
    if (!e.retryable() || over) {
      throw e;
    }
    return wait;
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
