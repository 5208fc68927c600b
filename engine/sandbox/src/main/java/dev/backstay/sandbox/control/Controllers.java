package dev.backstay.sandbox.control;

import dev.backstay.sandbox.api.Operations;
import dev.backstay.sandbox.state.Disturbance;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Watch;
import dev.backstay.sandbox.volume.Volumes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that looks at everything after each change and does what is to be done.
public final class Controllers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
  private static final long LONGEST_NAP = 200;
  private static final long SHORTEST_NAP = 2;

  private final Operations operations;
  private final List<Controller> all;
  private final Watch watch;
  private final Agenda agenda;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private long settledAt = -1;
  private volatile boolean closed;

  public Controllers(
      Operations operations, Volumes volumes, Disturbance disturbance, Duration podStart)
      throws Refusal {
    this.operations = operations;
    this.agenda = new Agenda(operations.clock());
    World world = new World(operations, volumes, agenda, disturbance);
    this.all =
        List.of(
            new Namespaces(world),
            new StatefulSets(world),
            new Deployments(world),
            new Jobs(world),
            new VolumeSnapshots(world),
            new GroupSnapshots(world),
            new Claims(world),
            new Pods(world, podStart),
            new Garbage(world),
            new QuotaStatus(world));
    this.watch = operations.state().watch(0);
  }

  public void start() {
    Thread.ofVirtual().name("sandbox-controllers").start(this::run);
  }

  private void run() {
    while (!closed) {
      try {
        long before = operations.state().version();
        round();
        if (operations.state().version() == before) {
          rest(before);
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException | Refusal e) {
        LOG.warn("a controller of the sandbox failed", e);
        agenda.wake(Duration.ofMillis(LONGEST_NAP));
      }
    }
  }

  private void round() throws Refusal {
    agenda.clear();
    for (Controller controller : all) {
      controller.run();
    }
  }

  /// Until something changes or is due.
  private void rest(long version) throws InterruptedException {
    if (!agenda.isAwaited()) {
      settled(version);
    }
    long nap = Math.clamp(agenda.millisToNext(), SHORTEST_NAP, LONGEST_NAP);
    if (watch.next(nap).isPresent()) {
      while (watch.next(0).isPresent()) {
        // All that has changed until now is seen by one look.
      }
    }
  }

  private void settled(long version) {
    lock.lock();
    try {
      settledAt = version;
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is nothing to do.
  ///
  /// @return false if that took too long
  public boolean settle(Duration atMost) {
    long nanos = atMost.toNanos();
    lock.lock();
    try {
      while (settledAt != operations.state().version()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = idle.awaitNanos(Math.min(nanos, 20_000_000)) + Math.max(0, nanos - 20_000_000);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed = true;
    watch.close();
  }
}
