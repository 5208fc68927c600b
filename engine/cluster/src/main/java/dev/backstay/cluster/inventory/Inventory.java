package dev.backstay.cluster.inventory;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.model.Listing;
import dev.backstay.model.NamespaceInfo;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.StorageClassInfo;
import dev.backstay.model.VolumeSnapshotInfo;
import java.util.List;

/// What there is in a cluster, as far as the user may see it. What may not be read is a warning in
/// the answer, and never the end of the rest.
public final class Inventory {

  private final ClusterConnection connection;
  private final ServedTypes types;

  public Inventory(ClusterConnection connection, ServedTypes types) {
    this.connection = connection;
    this.types = types;
  }

  /// All namespaces; where they may not be listed, the context's and the pinned ones.
  public Listing<NamespaceInfo> namespaces(List<String> pinned) {
    return new Namespaces(connection).list(pinned);
  }

  /// The PVCs of a namespace; of all namespaces if it is empty.
  public Listing<PvcInfo> pvcs(String namespace) {
    return new Pvcs(connection, types).list(namespace);
  }

  public Listing<StorageClassInfo> storageClasses() {
    return new StorageClasses(connection, types).list();
  }

  /// The VolumeSnapshots of a namespace; of all namespaces if it is empty.
  public Listing<VolumeSnapshotInfo> volumeSnapshots(String namespace) {
    return new VolumeSnapshots(connection, types).list(namespace);
  }

  /// The VolumeSnapshotClasses.
  public SnapshotClasses snapshotClasses() {
    return SnapshotClasses.single(types, new Reading(connection));
  }

  /// The VolumeGroupSnapshotClasses.
  public SnapshotClasses groupClasses() {
    return SnapshotClasses.groups(types, new Reading(connection));
  }
}
