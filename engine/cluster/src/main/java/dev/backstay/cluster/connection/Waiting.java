package dev.backstay.cluster.connection;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.TimedOutException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Waits for one object to become as wanted: by a watch, or by asking again and again where the
/// user may get it but not list or watch it.
final class Waiting {

  private static final Duration POLL = Duration.ofSeconds(1);

  /// How often an object that does not change is looked at again: what it says may have stood for
  /// too long.
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final ClusterConnection connection;
  private final CancelToken cancel;
  private final String path;
  private final String name;
  private final long deadline;

  Waiting(
      ClusterConnection connection, CancelToken cancel, String path, String name, Duration atMost) {
    this.connection = connection;
    this.cancel = cancel;
    this.path = path;
    this.name = name;
    this.deadline = System.nanoTime() + atMost.toNanos();
  }

  <T> T until(Function<Optional<ObjectNode>, Optional<T>> check) {
    try (WatchStream watch = connection.stream(path, Query.fields("metadata.name=" + name), null)) {
      return watching(watch, check);
    } catch (ForbiddenException e) {
      return polling(check);
    }
  }

  private Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private <T> T watching(WatchStream watch, Function<Optional<ObjectNode>, Optional<T>> check) {
    boolean listed = false;
    boolean known = false;
    Optional<ObjectNode> object = Optional.empty();
    while (true) {
      Optional<WatchEvent> event = listed ? watch.received() : watch.next(soon());
      if (event.isEmpty() && !listed && left().isNegative()) {
        throw late();
      }
      if (event.isPresent() || listed) {
        object = event.flatMap(Waiting::present);
      }
      listed = event.isPresent() && event.get().type() == WatchEvent.Type.RELISTED;
      known |= event.isPresent();
      if (listed || !known) {
        continue;
      }
      Optional<T> answer = check.apply(object);
      if (answer.isPresent()) {
        return answer.get();
      }
    }
  }

  private Duration soon() {
    Duration left = left();
    return left.compareTo(AGAIN) < 0 ? left : AGAIN;
  }

  private static Optional<ObjectNode> present(WatchEvent event) {
    return switch (event.type()) {
      case ADDED, MODIFIED -> Optional.of(event.object());
      case DELETED, RELISTED -> Optional.empty();
    };
  }

  private <T> T polling(Function<Optional<ObjectNode>, Optional<T>> check) {
    while (true) {
      Optional<T> answer = check.apply(connection.find(path + "/" + name));
      if (answer.isPresent()) {
        return answer.get();
      }
      if (left().isNegative()) {
        throw late();
      }
      Pause.of(POLL, cancel);
    }
  }

  private TimedOutException late() {
    ApiPath about = ApiPath.of(path + "/" + name);
    return new TimedOutException(
        "cluster.wait-timed-out",
        about + " did not become as expected in time",
        "look at its events with 'kubectl describe'");
  }
}
