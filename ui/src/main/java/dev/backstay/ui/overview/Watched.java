package dev.backstay.ui.overview;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.namespace.Protection;
import dev.backstay.ui.namespace.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A namespace that has restore points, or PVCs in a cluster that is open.
///
/// @param cluster the open cluster that it is in, null if none is
/// @param context what its context is called
/// @param namespace its name
/// @param points its restore points, newest first
/// @param unprotected PVCs of it that are in no restore point
/// @param days whether there is a restore point of each of the last 30 days, the oldest day first
public record Watched(
    @Nullable OpenCluster cluster,
    String context,
    String namespace,
    List<RestorePoint> points,
    List<String> unprotected,
    List<Boolean> days) {

  public static final int DAYS = 30;

  /// How it stands; the worst comes last.
  public enum State {
    GOOD,
    OVERDUE,
    PARTIAL,
    UNPROTECTED
  }

  private static final Duration OVERDUE = Duration.ofDays(7);

  /// The worst first.
  ///
  /// @param points newest first
  /// @param open clusters whose PVCs are known
  static List<Watched> of(List<RestorePoint> points, List<OpenCluster> open, Instant now) {
    List<Watched> all = new ArrayList<>();
    Map<OpenCluster, Map<String, List<String>>> left = new LinkedHashMap<>();
    open.forEach(c -> left.put(c, unprotected(c, points, now)));
    for (List<RestorePoint> group : groups(points)) {
      RestorePoint newest = group.getFirst();
      Optional<OpenCluster> cluster =
          open.stream().filter(c -> c.opened().identity().sameAs(newest.cluster())).findFirst();
      List<String> bare =
          cluster.map(c -> left.getOrDefault(c, Map.of()).remove(newest.namespace())).orElse(null);
      all.add(
          new Watched(
              cluster.orElse(null),
              newest.context(),
              newest.namespace(),
              group,
              bare == null ? List.of() : bare,
              days(group, now)));
    }
    left.forEach((cluster, namespaces) ->
        namespaces.forEach((namespace, bare) -> {
          if (!bare.isEmpty()) {
            all.add(
                new Watched(
                    cluster,
                    cluster.key().label(),
                    namespace,
                    List.of(),
                    bare,
                    days(List.of(), now)));
          }
        }));
    all.sort(Comparator.comparing((Watched w) -> w.state(now)).reversed());
    return all;
  }

  /// By namespace of a cluster; who knew the cluster only by its server is with the others.
  private static List<List<RestorePoint>> groups(List<RestorePoint> points) {
    record Key(ClusterIdentity cluster, String namespace) {}
    Map<Key, List<RestorePoint>> exact = new LinkedHashMap<>();
    points.forEach(p ->
        exact.computeIfAbsent(new Key(p.cluster(), p.namespace()), _ -> new ArrayList<>()).add(p));
    List<List<RestorePoint>> groups = new ArrayList<>();
    for (List<RestorePoint> some : exact.values()) {
      RestorePoint first = some.getFirst();
      groups.stream()
          .filter(g -> g.getFirst().isOf(first.cluster(), first.namespace()))
          .findFirst()
          .ifPresentOrElse(
              g -> {
                g.addAll(some);
                g.sort(Comparator.comparing(RestorePoint::time).reversed());
              },
              () -> groups.add(some));
    }
    return groups;
  }

  private static Map<String, List<String>> unprotected(
      OpenCluster cluster, List<RestorePoint> points, Instant now) {
    Standing standing = new Standing(points, cluster.opened().identity(), List.of(), now);
    Map<String, List<String>> bare = new LinkedHashMap<>();
    for (PvcInfo pvc : cluster.pvcs()) {
      if (standing.of(pvc) == Protection.UNPROTECTED) {
        bare.computeIfAbsent(pvc.namespace(), _ -> new ArrayList<>()).add(pvc.name());
      }
    }
    return bare;
  }

  private static List<Boolean> days(List<RestorePoint> points, Instant now) {
    Boolean[] days = new Boolean[DAYS];
    java.util.Arrays.fill(days, false);
    for (RestorePoint point : points) {
      long ago = Duration.between(point.time(), now).toDays();
      if (ago >= 0 && ago < DAYS) {
        days[DAYS - 1 - (int) ago] = true;
      }
    }
    return List.of(days);
  }

  @Nullable RestorePoint newest() {
    return points.isEmpty() ? null : points.getFirst();
  }

  Instant last() {
    return points.isEmpty() ? Instant.MIN : points.getFirst().time();
  }

  State state(Instant now) {
    if (!unprotected.isEmpty()) {
      return State.UNPROTECTED;
    }
    RestorePoint newest = newest();
    if (newest == null || newest.partial()) {
      return State.PARTIAL;
    }
    return Duration.between(newest.time(), now).compareTo(OVERDUE) > 0 ? State.OVERDUE : State.GOOD;
  }
}
