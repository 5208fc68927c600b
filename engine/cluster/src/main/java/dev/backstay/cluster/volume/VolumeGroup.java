package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.temporary.TemporaryGroup;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.cluster.volumesnapshot.GroupFit;
import dev.backstay.cluster.volumesnapshot.GroupReady;
import dev.backstay.cluster.volumesnapshot.GroupSelector;
import dev.backstay.cluster.volumesnapshot.Specs;
import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The temporary VolumeGroupSnapshot of a back-up: its PVCs are of one moment. Used by one thread
/// at a time.
final class VolumeGroup {

  private final ClusterConnection connection;
  private final GroupFit fit;
  private final GroupSelector selector;
  private final MoverSettings settings;
  private final JobTag tag;
  private final Creations creations;
  private final TemporaryObject group;

  /// @param fit one that fits
  VolumeGroup(
      ClusterConnection connection,
      String namespace,
      GroupFit fit,
      MoverSettings settings,
      JobTag tag,
      Creations creations) {
    this.connection = connection;
    this.fit = fit;
    this.selector = Objects.requireNonNull(fit.selector());
    this.settings = settings;
    this.tag = tag;
    this.creations = creations;
    ResourceType type = Objects.requireNonNull(fit.type());
    this.group = new TemporaryObject(type, namespace, "backstay-" + tag.job() + "-group");
  }

  /// Takes it and waits for it.
  ///
  /// @return the names of its VolumeSnapshots by PVC
  /// @throws EngineException if it cannot be taken, or was taken of other PVCs
  Map<String, String> take(Set<String> pvcs, CancelToken cancel) {
    ClusterConnection cancellable = connection.under(cancel);
    ObjectNode manifest =
        tag.object(group.type().apiVersion(), group.type().kind(), group.namespace(), group.name());
    group.ensure(cancellable, Specs.ofGroup(manifest, selector, fit.groupClass()), tag, creations);
    return new GroupReady(connection, group, cancel).await(pvcs, settings.readyTimeout());
  }

  /// Removes it with its members and their data, whatever the class says.
  List<ItemFailure> remove() {
    try {
      new TemporaryGroup(connection, group).remove(creations, settings.readyTimeout());
      return List.of();
    } catch (EngineException e) {
      return List.of(ItemFailure.of(group.type().plural() + "/" + group.name(), e));
    }
  }
}
