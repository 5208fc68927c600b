package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.RestorePoint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/// How restore points are shown.
final class PointSheet {

  private PointSheet() {}

  static Sheet<RestorePoint> sheet(Instant now) {
    return new Sheet<>(
        "RestorePoint",
        List.of(
            Column.of("ID", RestorePoint::shortId),
            Column.of("TIME", p -> p.time().truncatedTo(ChronoUnit.SECONDS).toString()),
            Column.of("AGE", p -> Sheets.age(p.time(), now)),
            Column.of("CONTEXT", RestorePoint::context),
            Column.of("NAMESPACE", RestorePoint::namespace),
            Column.amount("MANIFESTS", p -> String.valueOf(p.manifests())),
            Column.of("VOLUMES", PointSheet::volumes),
            Column.amount("SIZE", p -> Sheets.size(bytes(p))),
            Column.of("STATE", PointSheet::state),
            Column.wide("JOB", RestorePoint::job),
            Column.wide("CLUSTER", RestorePoint::clusterId)),
        PointSheet::fields,
        RestorePoint::id);
  }

  static Fields fields(RestorePoint point) {
    return new Fields()
        .put("id", point.id())
        .put("time", point.time())
        .put("context", point.context())
        .put("clusterId", point.clusterId())
        .put("namespace", point.namespace())
        .put("volumes", point.volumes().stream().map(PointSheet::fields).toList())
        .put("manifests", point.manifests())
        .put("partial", point.partial())
        .put("selective", point.selective())
        .put("job", point.job())
        .put("repository", point.repository());
  }

  private static Fields fields(RestorePoint.Volume volume) {
    return new Fields()
        .put("pvc", volume.pvc())
        .put("method", volume.method())
        .put("consistency", volume.consistency())
        .put("files", volume.files())
        .put("bytes", volume.bytes());
  }

  private static String state(RestorePoint point) {
    String wanted = point.selective() ? ", selective" : "";
    return (point.partial() ? "partial" : "complete") + wanted;
  }

  private static String volumes(RestorePoint point) {
    return point.volumes().stream().map(RestorePoint.Volume::pvc).collect(Collectors.joining(","));
  }

  private static long bytes(RestorePoint point) {
    return point.volumes().stream().mapToLong(RestorePoint.Volume::bytes).sum();
  }
}
