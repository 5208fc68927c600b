package dev.backstay.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Trouble on demand. Everything is off at first. Safe for use by many threads.
public final class Faults {

  /// What happens to a request instead of, or before, its answer.
  ///
  /// @param code the HTTP status to answer with, or 0 to answer rightly
  /// @param delay how long to wait first
  public record Fault(int code, Duration delay) {}

  private static final class Rule {
    private final String verb;
    private final String resource;
    private final Fault fault;
    private int left;

    Rule(String verb, String resource, Fault fault, int left) {
      this.verb = verb;
      this.resource = resource;
      this.fault = fault;
      this.left = left;
    }

    boolean takes(String askedVerb, String askedResource) {
      boolean fits =
          (verb.equals("*") || verb.equals(askedVerb))
              && (resource.equals("*") || resource.equals(askedResource));
      return left > 0 && fits;
    }
  }

  private final List<Rule> rules = new ArrayList<>();
  private final List<Runnable> openWatches = new ArrayList<>();
  private final AtomicLong cutAfter = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong cutsLeft = new AtomicLong();
  private final AtomicLong bytesPerSecond = new AtomicLong();
  private final AtomicLong stalls = new AtomicLong();
  private final AtomicLong moversToEvict = new AtomicLong();
  private @Nullable String volumeSnapshotError;
  private boolean frozen;

  Faults() {}

  /// The next `count` requests of that verb and resource are answered with an HTTP status: 429
  /// (with `Retry-After: 1`), 409, 410, 500, 503 and so on.
  ///
  /// @param verb as RBAC has it: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`,
  ///   `deletecollection`, or `*`
  /// @param resource `pods`, `deployments`, with the subresource if any: `pods/exec`; or `*`
  public synchronized void answer(String verb, String resource, int code, int count) {
    rules.add(new Rule(verb, resource, new Fault(code, Duration.ZERO), count));
  }

  /// The next `count` such requests are answered rightly, but late.
  public synchronized void delay(String verb, String resource, Duration delay, int count) {
    rules.add(new Rule(verb, resource, new Fault(0, delay), count));
  }

  /// Every VolumeSnapshot taken from now on fails with this message; null ends it.
  public synchronized void failVolumeSnapshots(@Nullable String message) {
    volumeSnapshotError = message;
  }

  /// Closes every watch that is open now, without a word, as a load balancer does.
  public void dropWatches() {
    List<Runnable> closing;
    synchronized (this) {
      closing = List.copyOf(openWatches);
    }
    closing.forEach(Runnable::run);
  }

  /// The next `streams` exec or port-forward connections break after that many bytes of data, both
  /// directions counted together.
  public void cutStreams(long afterBytes, int streams) {
    cutAfter.set(afterBytes);
    cutsLeft.set(streams);
  }

  /// Exec and port-forward carry no more than this each; 0 ends it.
  public void slowStreams(long bytesPerSecondOfEach) {
    bytesPerSecond.set(bytesPerSecondOfEach);
  }

  /// The next mover pods (those with `app.kubernetes.io/managed-by=backstay`) that start are
  /// evicted as soon as something is read from or written to them.
  public void evictMovers(int count) {
    moversToEvict.set(count);
  }

  /// The exec and port-forward connections that are open now carry nothing more and are not closed
  /// either, as if a laptop had slept: the rest of the cluster goes on.
  public void stallStreams() {
    stalls.incrementAndGet();
  }

  /// Accepts connections and answers nothing, until [#thaw()]; open streams stand still too.
  public synchronized void freeze() {
    frozen = true;
  }

  public synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  /// Back to a cluster in good health.
  public synchronized void clear() {
    rules.clear();
    volumeSnapshotError = null;
    cutsLeft.set(0);
    bytesPerSecond.set(0);
    moversToEvict.set(0);
    thaw();
  }

  /// For the server: the fault for this request, used up by asking.
  synchronized Optional<Fault> take(String verb, String resource) {
    for (Rule rule : rules) {
      if (rule.takes(verb, resource)) {
        rule.left--;
        return Optional.of(rule.fault);
      }
    }
    return Optional.empty();
  }

  synchronized void awaitThaw() throws InterruptedException {
    while (frozen) {
      wait();
    }
  }

  synchronized void watchOpened(Runnable closer) {
    openWatches.add(closer);
  }

  synchronized void watchClosed(Runnable closer) {
    openWatches.remove(closer);
  }

  synchronized Optional<String> volumeSnapshotError() {
    return Optional.ofNullable(volumeSnapshotError);
  }

  /// How many bytes the stream that is opened now may carry.
  long streamBudget() {
    return cutsLeft.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? cutAfter.get() : Long.MAX_VALUE;
  }

  long streamRate() {
    return bytesPerSecond.get();
  }

  long streamStalls() {
    return stalls.get();
  }

  boolean evictThisMover() {
    return moversToEvict.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }
}
