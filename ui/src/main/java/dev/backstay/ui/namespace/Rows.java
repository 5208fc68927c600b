package dev.backstay.ui.namespace;

import dev.backstay.model.PvcInfo;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.timeline.Mark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts what a cluster and the repositories tell of one namespace into one tree.
final class Rows {

  private final String namespace;
  private final Instant now;
  private final boolean answered;

  /// @param answered whether the cluster said which PVCs it has
  Rows(String namespace, Instant now, boolean answered) {
    this.namespace = namespace;
    this.now = now;
    this.answered = answered;
  }

  /// @param points of this namespace, newest first
  List<Row> of(List<PvcInfo> pvcs, List<VolumeSnapshotInfo> snapshots, List<RestorePoint> points) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row.Whole(namespace, points, points.stream().map(Rows::mark).toList()));
    Map<String, @Nullable PvcInfo> names = new TreeMap<>();
    points.forEach(p -> p.volumes().forEach(v -> names.put(v.pvc(), null)));
    snapshots.stream().filter(s -> !s.pvc().isEmpty()).forEach(s -> names.put(s.pvc(), null));
    pvcs.forEach(pvc -> names.put(pvc.name(), pvc));
    Map<String, List<RestorePoint>> byPvc = byPvc(points);
    names.forEach(
        (name, pvc) -> rows.add(volume(name, pvc, snapshots, byPvc.getOrDefault(name, List.of()))));
    List<VolumeSnapshotInfo> homeless = newestFirst(snapshots, "");
    if (!homeless.isEmpty()) {
      rows.add(new Row.Homeless(homeless, homeless.stream().map(Rows::mark).toList()));
    }
    return rows;
  }

  /// @param pvc the PVC they were cut from, or empty for those whose PVC nobody knows
  private static List<VolumeSnapshotInfo> newestFirst(List<VolumeSnapshotInfo> all, String pvc) {
    return all.stream()
        .filter(s -> s.pvc().equals(pvc))
        .sorted(Comparator.comparing(Rows::time).reversed())
        .toList();
  }

  private static Map<String, List<RestorePoint>> byPvc(List<RestorePoint> points) {
    Map<String, List<RestorePoint>> byPvc = new LinkedHashMap<>();
    for (RestorePoint point : points) {
      for (RestorePoint.Volume volume : point.volumes()) {
        byPvc.computeIfAbsent(volume.pvc(), _ -> new ArrayList<>()).add(point);
      }
    }
    return byPvc;
  }

  private Row.Volume volume(
      String name,
      @Nullable PvcInfo pvc,
      List<VolumeSnapshotInfo> snapshots,
      List<RestorePoint> points) {
    List<VolumeSnapshotInfo> own = newestFirst(snapshots, name);
    List<Mark> marks =
        Stream.concat(points.stream().map(Rows::mark), own.stream().map(Rows::mark)).toList();
    return new Row.Volume(
        name, pvc, protection(pvc, points, own), used(name, points), points, own, marks);
  }

  private Protection protection(
      @Nullable PvcInfo pvc, List<RestorePoint> points, List<VolumeSnapshotInfo> snapshots) {
    if (pvc == null) {
      return answered ? Protection.DELETED : Protection.UNKNOWN;
    }
    Instant last = points.isEmpty() ? null : points.getFirst().time();
    boolean partial = !points.isEmpty() && points.getFirst().partial();
    return Protection.of(pvc, last, partial, !snapshots.isEmpty(), now);
  }

  private static long used(String pvc, List<RestorePoint> points) {
    return points.stream()
        .limit(1)
        .flatMap(p -> p.volumes().stream())
        .filter(v -> v.pvc().equals(pvc))
        .mapToLong(RestorePoint.Volume::bytes)
        .findFirst()
        .orElse(-1);
  }

  /// What stands under a row; lazily, when it is expanded.
  static List<Row> below(Row row) {
    return switch (row) {
      case Row.Whole whole ->
          whole.points().stream()
              .<Row>map(p -> new Row.Point(whole.id(), "", p, List.of(mark(p))))
              .toList();
      case Row.Volume volume ->
          Stream.<Row>concat(
                  volume.points().stream()
                      .<Row>map(
                          p -> new Row.Point(volume.id(), volume.name(), p, List.of(mark(p)))),
                  volume.snapshots().stream().<Row>map(s -> new Row.Snapshot(s, List.of(mark(s)))))
              .sorted(
                  Comparator.<Row, Instant>comparing(r -> r.marks().getFirst().time()).reversed())
              .toList();
      case Row.Homeless homeless ->
          homeless.snapshots().stream()
              .<Row>map(s -> new Row.Snapshot(s, List.of(mark(s))))
              .toList();
      case Row.Point _, Row.Snapshot _ -> List.of();
    };
  }

  static Mark mark(RestorePoint point) {
    return new Mark(
        point.time(),
        point.partial() ? Mark.Kind.PARTIAL : Mark.Kind.POINT,
        Texts.of("timeline.point", point.shortId(), Amounts.moment(point.time())),
        point);
  }

  private static Mark mark(VolumeSnapshotInfo snapshot) {
    return new Mark(
        time(snapshot),
        snapshot.error().isEmpty() ? Mark.Kind.VOLUME_SNAPSHOT : Mark.Kind.BROKEN,
        Texts.of("timeline.volumesnapshot", snapshot.name(), Amounts.moment(time(snapshot))),
        snapshot);
  }

  private static Instant time(VolumeSnapshotInfo snapshot) {
    return Objects.requireNonNullElse(
        snapshot.cut(), Objects.requireNonNullElse(snapshot.created(), Instant.EPOCH));
  }
}
