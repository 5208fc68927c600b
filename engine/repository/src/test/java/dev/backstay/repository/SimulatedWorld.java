package dev.backstay.repository;

import dev.backstay.model.ConflictException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.lock.WaitingClock;
import dev.backstay.repository.store.Damage;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreCapabilities;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Many processes on one store, in one process: a single one runs at any time, and which one goes
/// on after each call to the store, how far the clock moves and what goes wrong is drawn from one
/// seed. The same seed gives the same history.
///
/// The model of the store is that of a strongly consistent one behind a network and retries:
///
/// - A call takes effect at one moment between its request and its answer. Between them others may
///   act for as long as the seed says.
/// - A listing is no snapshot: a file that appears or goes while it runs may be in it or not, each
///   by itself. One that was there all the time is in it, one that never was is not. (S3 pages,
///   `readdir`.)
/// - A call may fail before it takes effect, or after it did with its answer lost.
/// - A request may arrive twice, the second time before its sender goes on: a retry whose first
///   attempt had been under way. Requests that arrive hours later than their sender has gone on are
///   not modelled; no store that is used through HTTP keeps a request so long.
/// - A process may be killed before or after the effect of its call. Its lock stays until somebody
///   who knows that it is dead removes it.
/// - Clocks of processes differ by minutes. Nothing may depend on them.
final class SimulatedWorld {

  private static final Duration SKEW = Duration.ofMinutes(20);
  private static final Instant BEGIN = Instant.parse("2026-11-29T12:00:00Z");

  final Random random;
  // In the order they came: names of locks differ from run to run, and must not change a history.
  private final Map<StoreKey, byte[]> files = new LinkedHashMap<>();
  private final Map<StoreKey, Participant> lockOwners = new HashMap<>();
  private final List<Participant> processes = new ArrayList<>();
  private final Semaphore turn = new Semaphore(0);
  private final StringBuilder history = new StringBuilder();
  private long nanos;
  private boolean calm;
  private int killsLeft;
  private final double stay;
  // A call fails once in so many; in some histories, never.
  private final int failures;

  SimulatedWorld(long seed) {
    random = new Random(seed);
    killsLeft = random.nextInt(3);
    // Some histories switch at every call, others let each run for long.
    stay = random.nextDouble() * 0.95;
    failures = random.nextInt(3) == 0 ? 400 : random.nextBoolean() ? 2000 : Integer.MAX_VALUE;
  }

  /// Ends a process wherever it is; no product code catches it.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed() {
      super("killed", null, false, false);
    }
  }

  /// What a process does.
  @FunctionalInterface
  interface Work {
    void run(Participant self);
  }

  /// One that takes turns with the others.
  final class Participant implements WaitingClock {
    final String name;
    private final Semaphore go = new Semaphore(0);
    private final Duration skew;
    private long wake;
    private boolean ended;
    private boolean killed;
    private @Nullable Throwable failure;

    private Participant(String name) {
      this.name = name;
      skew = SKEW.multipliedBy(random.nextInt(-100, 101)).dividedBy(100);
    }

    ObjectStore store() {
      return new Store(this);
    }

    @Override
    public Instant instant() {
      return BEGIN.plusNanos(nanos).plus(skew);
    }

    @Override
    public void pause(Duration duration) {
      wake = nanos + duration.toNanos();
      step();
    }

    @Override
    public long nanos() {
      return nanos;
    }

    private void step() {
      if (killed) {
        throw new Killed();
      }
      if (calm) {
        return;
      }
      turn.release();
      go.acquireUninterruptibly();
      if (killed) {
        throw new Killed();
      }
    }

    private void begin(Work work) {
      go.acquireUninterruptibly();
      try {
        work.run(this);
      } catch (Killed e) {
        note(this, "is dead");
      } catch (Throwable e) {
        failure = e;
      } finally {
        ended = true;
        turn.release();
      }
    }
  }

  Participant process(String name, Work work) {
    Participant process = new Participant(name);
    processes.add(process);
    Thread.ofVirtual().name(name).start(() -> process.begin(work));
    return process;
  }

  /// For work alone and without faults, before or after.
  Participant observer() {
    return new Participant("observer");
  }

  /// For looking at what is there, by several threads if need be: leaves no trace in the history.
  Participant reader() {
    return new Participant("");
  }

  /// Without faults and turns.
  void calm(boolean quiet) {
    calm = quiet;
  }

  void note(@Nullable Participant process, String what) {
    if (process != null && !process.name.isEmpty() && history.length() < 200_000) {
      history.append(nanos / 1_000_000).append(' ').append(process.name).append(' ');
      history.append(what.replaceAll("(locks/\\w{8})\\w+", "a lock")).append('\n');
    }
  }

  String history() {
    return history.toString();
  }

  /// Lets all processes run to their ends.
  ///
  /// @param between is done between turns, now and then
  /// @return the first failure that is no error of the engine
  @Nullable Throwable run(Runnable between) {
    Participant last = null;
    while (true) {
      List<Participant> alive = processes.stream().filter(p -> !p.ended).toList();
      if (alive.isEmpty()) {
        break;
      }
      List<Participant> ready = alive.stream().filter(p -> p.wake <= nanos).toList();
      if (ready.isEmpty()) {
        nanos = alive.stream().mapToLong(p -> p.wake).min().orElse(nanos);
        continue;
      }
      if (last == null || !ready.contains(last) || random.nextDouble() > stay) {
        last = ready.get(random.nextInt(ready.size()));
      }
      nanos += random.nextInt(50_000_000);
      if (killsLeft > 0 && random.nextInt(250) == 0) {
        killsLeft--;
        last.killed = true;
      }
      last.go.release();
      turn.acquireUninterruptibly();
      if (random.nextInt(40) == 0) {
        removeLocksOfTheDead();
        between.run();
      }
    }
    return processes.stream()
        .map(p -> p.failure)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private void removeLocksOfTheDead() {
    lockOwners.forEach((key, owner) -> {
      if (owner.ended) {
        files.remove(key);
      }
    });
  }

  void removeAllLocks() {
    files.keySet().removeIf(key -> key.kind() == FileKind.LOCK);
  }

  /// A change outside of all processes.
  void delete(StoreKey key) {
    files.remove(key);
  }

  private final class Store implements ObjectStore {
    private final Participant process;

    Store(Participant process) {
      this.process = process;
    }

    private boolean chance(int oneOf) {
      return !calm && random.nextInt(oneOf) == 0;
    }

    /// A request on its way, its effect, and its answer on the way back.
    private <T> T call(String what, boolean repeatable, Supplier<T> effect) {
      process.step();
      if (chance(failures)) {
        note(process, what + " fails");
        throw failed();
      }
      T answer = effect.get();
      note(process, what);
      if (chance(4)) {
        process.step();
      }
      if (repeatable && chance(60)) {
        note(process, what + " arrives twice");
        try {
          var _ = effect.get();
        } catch (ConflictException | NotFoundException e) {
          // The first attempt had done it.
          return answer;
        }
      }
      if (chance(failures)) {
        note(process, what + " loses its answer");
        throw failed();
      }
      return answer;
    }

    private static StorageException failed() {
      return new StorageException("store.failed", "the store failed", "");
    }

    @Override
    public String location() {
      return "simulated";
    }

    @Override
    public StoreCapabilities capabilities() {
      return new StoreCapabilities(true, 1);
    }

    @Override
    public void create() {}

    @Override
    public void put(StoreKey key, byte[] bytes, int from, int length) {
      byte[] copy = Arrays.copyOfRange(bytes, from, from + length);
      call(
          "put " + key,
          true,
          () -> {
            if (files.putIfAbsent(key, copy) != null) {
              throw new ConflictException("store.exists", key + " exists already", "");
            }
            if (key.kind() == FileKind.LOCK) {
              lockOwners.put(key, process);
            }
            return true;
          });
    }

    private byte[] file(StoreKey key) {
      byte[] bytes = files.get(key);
      if (bytes == null) {
        throw new NotFoundException("store.no-file", "there is no " + key, "");
      }
      return bytes;
    }

    @Override
    public byte[] get(StoreKey key) {
      return call("get " + key, false, () -> file(key).clone());
    }

    @Override
    public void read(StoreKey key, long offset, byte[] into, int from, int length) {
      call(
          "read " + key,
          false,
          () -> {
            if (offset + length > file(key).length) {
              throw Damage.of("repository.file-short", key, "is shorter than it should be");
            }
            System.arraycopy(file(key), (int) offset, into, from, length);
            return true;
          });
    }

    @Override
    public boolean exists(StoreKey key) {
      return call("look for " + key, false, () -> files.containsKey(key));
    }

    @Override
    public long size(StoreKey key) {
      return call("size of " + key, false, () -> (long) file(key).length);
    }

    @Override
    public List<StoredFile> list(FileKind kind) {
      Map<StoreKey, Integer> before = sizes(kind);
      return call(
          "list " + kind.folder(),
          false,
          () -> {
            Map<StoreKey, Integer> after = sizes(kind);
            List<StoredFile> listed = new ArrayList<>();
            Set<StoreKey> all = new LinkedHashSet<>(before.keySet());
            all.addAll(after.keySet());
            for (StoreKey key : all) {
              Integer size = after.getOrDefault(key, before.get(key));
              boolean always = before.containsKey(key) && after.containsKey(key);
              if (size != null && (always || random.nextBoolean())) {
                listed.add(new StoredFile(key, size));
              }
            }
            return listed;
          });
    }

    private Map<StoreKey, Integer> sizes(FileKind kind) {
      Map<StoreKey, Integer> sizes = new LinkedHashMap<>();
      files.forEach((key, bytes) -> {
        if (key.kind() == kind) {
          sizes.put(key, bytes.length);
        }
      });
      return sizes;
    }

    @Override
    public void delete(StoreKey key) {
      call(
          "delete " + key,
          true,
          () -> {
            file(key);
            files.remove(key);
            return true;
          });
    }

    @Override
    public void close() {}
  }
}
