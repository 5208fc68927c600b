package dev.backstay.app.command;

import dev.backstay.app.output.Printer;
import dev.backstay.model.Listing;
import dev.backstay.model.VolumeSnapshotInfo;
import dev.backstay.workflow.cluster.ClusterSession;
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
          .list(
              VolumeSnapshotSheet.of(namespaces.all, wiring.clock().instant()),
              listing.items(),
              listing.warnings());
      wiring.presenter().items("Warning", listing.warnings());
      return 0;
    }
  }
}
