package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.VolumeSnapshotInfo;
import java.time.Instant;
import java.util.List;

/// How VolumeSnapshots are listed.
final class VolumeSnapshotSheet {

  private VolumeSnapshotSheet() {}

  /// @param everywhere whether they may be of several namespaces
  static Sheet<VolumeSnapshotInfo> of(boolean everywhere, Instant now) {
    Column<VolumeSnapshotInfo> namespace = Column.of("NAMESPACE", VolumeSnapshotInfo::namespace);
    return new Sheet<>(
        "VolumeSnapshot",
        List.of(
            everywhere ? namespace : Column.wide("NAMESPACE", namespace.value()),
            Column.of("NAME", VolumeSnapshotInfo::name),
            Column.of("PVC", VolumeSnapshotInfo::pvc),
            Column.of("READY", s -> s.ready() ? "yes" : s.error().isEmpty() ? "not yet" : "error"),
            Column.amount("SIZE", s -> Sheets.size(s.restoreSize())),
            Column.of("CLASS", VolumeSnapshotInfo::snapshotClass),
            Column.of("MADE BY", VolumeSnapshotInfo::owner),
            Column.of("AGE", s -> Sheets.age(s.cut() == null ? s.created() : s.cut(), now)),
            Column.wide("GROUP", VolumeSnapshotInfo::group),
            Column.wide("DRIVER", VolumeSnapshotInfo::driver),
            Column.wide("DELETION", VolumeSnapshotInfo::deletionPolicy),
            Column.wide("CONTENT", VolumeSnapshotInfo::content),
            Column.wide("ERROR", VolumeSnapshotInfo::error)),
        VolumeSnapshotSheet::fields,
        s -> "volumesnapshot/" + s.name());
  }

  static Fields fields(VolumeSnapshotInfo s) {
    return new Fields()
        .put("namespace", s.namespace())
        .put("name", s.name())
        .put("uid", s.uid())
        .put("pvc", s.pvc())
        .put("volumeSnapshotClass", s.snapshotClass())
        .put("driver", s.driver())
        .put("deletionPolicy", s.deletionPolicy())
        .put("content", s.content())
        .put("group", s.group())
        .put("ready", s.ready())
        .put("restoreSize", Sheets.sizeOrNull(s.restoreSize()))
        .put("time", s.cut())
        .put("created", s.created())
        .put("error", s.error())
        .put("madeBy", s.owner());
  }
}
