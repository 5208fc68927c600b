package dev.backstay.catalog;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Rows to fill a catalog with.
final class Rows {

  static final Instant NOON = Instant.parse("2026-11-23T12:00:00.123456789Z");

  private Rows() {}

  static RestorePointRow point(String repository, String id, String namespace, Instant time) {
    return point(repository, id, namespace, time, 2);
  }

  static RestorePointRow point(
      String repository, String id, String namespace, Instant time, int volumes) {
    List<RestorePoint.Volume> rows =
        IntStream.range(0, volumes)
            .mapToObj(i ->
                new RestorePoint.Volume(
                    "data-" + i, "volume-snapshot", "crash-consistent", 10 + i, 1000L * i))
            .toList();
    RestorePoint point =
        new RestorePoint(
            id,
            repository,
            time,
            "kind",
            new ClusterIdentity("cluster-1", "server-1"),
            namespace,
            rows,
            7,
            true,
            false,
            "abcdefghijkl");
    return new RestorePointRow(
        point, 4096, null, "backstay 0.1", List.of(new ItemFailure("pods/a", "x.y", "m", "r")));
  }

  static JobRow job(String id, Instant submitted, @Nullable JobEnd end) {
    return new JobRow(
        id,
        "BACKUP",
        end == null ? "RUNNING" : "ENDED",
        "kind",
        "cluster-1",
        "shop",
        null,
        Map.of("selection", "app=shop"),
        submitted,
        submitted.plusSeconds(1),
        end == null ? null : submitted.plusSeconds(2),
        end);
  }
}
