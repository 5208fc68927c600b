package dev.backstay.cluster.apply.ready;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Waits until workloads run and PVCs are bound, and says of those that do not why.
public final class Readiness {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration SETTLED = Duration.ofSeconds(10);

  private final ClusterConnection connection;
  private final String namespace;
  private final CancelToken cancel;

  public Readiness(ClusterConnection connection, String namespace, CancelToken cancel) {
    this.connection = connection.under(cancel);
    this.namespace = namespace;
    this.cancel = cancel;
  }

  /// Whether there is anything to wait for with such an object.
  public static boolean matters(ManifestKey key) {
    return WorkloadState.matters(key);
  }

  /// Waits for all together. PVCs are looked at last: one that waits for its first consumer is as
  /// ready as it can be.
  ///
  /// @param keys workloads and PVCs; others are passed over
  /// @param ready hears of each that became ready
  /// @return those that did not, in the order given
  public List<NotReady> await(
      Collection<ManifestKey> keys, Duration atMost, Consumer<ManifestKey> ready) {
    List<ManifestKey> workloads =
        keys.stream().filter(WorkloadState::matters).filter(k -> !claim(k)).toList();
    List<ManifestKey> claims = keys.stream().filter(Readiness::claim).toList();
    List<ManifestKey> left = until(workloads, atMost, ready);
    List<ManifestKey> unbound = until(claims, left.isEmpty() ? SETTLED : Duration.ZERO, ready);
    List<NotReady> all = new ArrayList<>(left.stream().map(this::notReady).toList());
    unbound.stream().map(this::notReady).filter(n -> !waitsForConsumer(n)).forEach(all::add);
    return all;
  }

  private static boolean claim(ManifestKey key) {
    return key.kind().equals("PersistentVolumeClaim");
  }

  private List<ManifestKey> until(
      List<ManifestKey> keys, Duration atMost, Consumer<ManifestKey> ready) {
    List<ManifestKey> left = new ArrayList<>(keys);
    Optional<Boolean> done =
        Poll.until(
            atMost,
            PAUSE,
            cancel,
            () -> {
              left.removeIf(key -> isReady(key, ready));
              return left.isEmpty() ? Optional.of(true) : Optional.empty();
            });
    return done.isPresent() ? List.of() : List.copyOf(left);
  }

  private boolean isReady(ManifestKey key, Consumer<ManifestKey> ready) {
    Optional<ObjectNode> object = find(key);
    boolean is = object.isPresent() && WorkloadState.unready(key, object.get()) == null;
    if (is) {
      ready.accept(key);
    }
    return is;
  }

  private Optional<ObjectNode> find(ManifestKey key) {
    try {
      return connection.find(key.type().path(namespace, key.name()));
    } catch (CancelledException e) {
      throw e;
    } catch (EngineException e) {
      return Optional.empty(); // asked again until the time is up, then explained
    }
  }

  private NotReady notReady(ManifestKey key) {
    Optional<ObjectNode> object = find(key);
    if (object.isEmpty()) {
      return new NotReady(key, "it is gone or may not be looked at", List.of());
    }
    String state = WorkloadState.unready(key, object.get());
    return new NotReady(
        key,
        state == null ? "it became ready only now" : state,
        new Diagnosis(connection, namespace).reasons(key, object.get()));
  }

  /// A PVC whose class binds late and that nobody mounts has no warning events.
  private static boolean waitsForConsumer(NotReady claim) {
    return claim.state().equals("it is Pending") && claim.reasons().isEmpty();
  }
}
