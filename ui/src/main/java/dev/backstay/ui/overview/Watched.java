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
import org.jspecify.annotations.Nullable;

/// A namespace that has restore points, or PVCs in a cluster that is open.
///
/// @param cluster the open cluster that it is in, null if none is
/// @param context what its context is called
/// @param namespace its name
/// @param points its restore points, newest first
/// @param unprotected PVCs of it that are in no restore point
/// @param protection how it stands: the worst of its PVCs where they are known, else what its
///   newest restore point says
/// @param days whether there is a restore point of each of the last 30 days, the oldest day first
public record Watched(
    @Nullable OpenCluster cluster,
    String context,
    String namespace,
    List<RestorePoint> points,
    List<String> unprotected,
    Protection protection,
    List<Boolean> days) {

  public static final int DAYS = 30;

  /// The worst first.
  ///
  /// @param points newest first
  /// @param open clusters whose PVCs are known
  static List<Watched> of(List<RestorePoint> points, List<OpenCluster> open, Instant now) {
    List<Watched> all = new ArrayList<>();
    Map<OpenCluster, Map<String, Volumes>> left = new LinkedHashMap<>();
    open.forEach(c -> left.put(c, volumes(c, points, now)));
    for (List<RestorePoint> group : groups(points)) {
      RestorePoint newest = group.getFirst();
      OpenCluster cluster =
          open.stream()
              .filter(c -> c.opened().identity().sameAs(newest.cluster()))
              .findFirst()
              .orElse(null);
      Map<String, Volumes> known = cluster == null ? null : left.get(cluster);
      Volumes own = known == null ? null : known.remove(newest.namespace());
      Volumes volumes = own == null ? new Volumes() : own;
      volumes.add(Protection.of(newest.time(), newest.partial(), false, now));
      all.add(
          new Watched(
              cluster,
              newest.context(),
              newest.namespace(),
              group,
              volumes.unprotected,
              volumes.worst,
              days(group, now)));
    }
    left.forEach((cluster, namespaces) ->
        namespaces.forEach((namespace, volumes) -> {
          if (!volumes.unprotected.isEmpty()) {
            all.add(
                new Watched(
                    cluster,
                    cluster.key().label(),
                    namespace,
                    List.of(),
                    volumes.unprotected,
                    volumes.worst,
                    days(List.of(), now)));
          }
        }));
    all.sort(Comparator.comparing(Watched::protection).reversed());
    return all;
  }

  /// How the PVCs of a namespace stand together.
  private static final class Volumes {
    private final List<String> unprotected = new ArrayList<>();
    private Protection worst = Protection.PROTECTED;

    void add(Protection protection) {
      if (protection.compareTo(worst) > 0) {
        worst = protection;
      }
    }
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

  private static Map<String, Volumes> volumes(
      OpenCluster cluster, List<RestorePoint> points, Instant now) {
    Standing standing = new Standing(points, cluster.opened().identity(), List.of(), now);
    Map<String, Volumes> namespaces = new LinkedHashMap<>();
    for (PvcInfo pvc : cluster.pvcs()) {
      Protection protection = standing.of(pvc);
      if (protection != Protection.TEMPORARY) {
        Volumes volumes = namespaces.computeIfAbsent(pvc.namespace(), _ -> new Volumes());
        volumes.add(protection);
        if (protection == Protection.UNPROTECTED) {
          volumes.unprotected.add(pvc.name());
        }
      }
    }
    return namespaces;
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
}
