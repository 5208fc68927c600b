package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.Listing;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.cluster.ClusterSession;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `backstay snapshots`.
@Command(
    name = "snapshots",
    description =
        "List VolumeSnapshots of any origin. 'backstay snapshot' takes and restores them.")
final class SnapshotsCommand implements Callable<Integer> {

  @Mixin OutputOption output = new OutputOption();
  @Mixin AllNamespacesOption namespaces = new AllNamespacesOption();

  private final Wiring wiring;
  private final Access access;

  SnapshotsCommand(Wiring wiring, Access access) {
    this.wiring = wiring;
    this.access = access;
  }

  @Override
  public Integer call() {
    try (ClusterSession cluster = access.cluster()) {
      String namespace = namespaces.all ? "" : access.namespace(cluster);
      Listing<VolumeSnapshotInfo> listing = cluster.volumeSnapshots(namespace);
      new Printer(wiring.console(), output.format)
          .list(sheet(wiring.clock().instant()), listing.items(), listing.warnings());
      wiring.presenter().items("Warning", listing.warnings());
      return 0;
    }
  }

  private Sheet<VolumeSnapshotInfo> sheet(Instant now) {
    Column<VolumeSnapshotInfo> namespace = Column.of("NAMESPACE", VolumeSnapshotInfo::namespace);
    return new Sheet<>(
        "VolumeSnapshot",
        List.of(
            namespaces.all ? namespace : Column.wide("NAMESPACE", namespace.value()),
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
        SnapshotsCommand::fields,
        s -> "volumesnapshot/" + s.name());
  }

  private static Fields fields(VolumeSnapshotInfo s) {
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
