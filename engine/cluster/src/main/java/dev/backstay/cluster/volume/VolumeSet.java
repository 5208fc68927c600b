package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.volumesnapshot.AtOnce;
import dev.backstay.cluster.volumesnapshot.GroupFit;
import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The volumes of one back-up: all VolumeSnapshots are asked for at once when it is opened, readers
/// come one by one, and closing removes everything temporary. Run again under the same job after a
/// kill, it finds and uses what was made. Safe for use by many threads.
public final class VolumeSet implements AutoCloseable {

  /// Where the leftovers of PVCs have the PVC's name.
  private static final String GROUP = "";

  private final Map<String, VolumeSource> sources = new LinkedHashMap<>();
  private final @Nullable VolumeGroup group;
  private final Map<String, List<ItemFailure>> leftovers = new TreeMap<>();
  private @Nullable ItemFailure groupFailure;

  private VolumeSet(List<VolumeSource> sources, @Nullable VolumeGroup group) {
    sources.forEach(source -> this.sources.put(source.pvc(), source));
    this.group = group;
  }

  /// Begins all of it; plans of method NONE are passed over. A group is waited for, as only then it
  /// is known whether there is one; where it fails all VolumeSnapshots are asked for one by one.
  ///
  /// @param group the plans of VolumeSnapshots that are taken as a group, if some are
  /// @throws EngineException only if cancelled: what goes wrong with a volume comes out of
  ///   [#open(String)]
  public static VolumeSet begin(
      ClusterConnection connection,
      String namespace,
      List<VolumePlan> plans,
      @Nullable GroupFit group,
      MoverSettings settings,
      JobTag tag,
      Creations creations,
      CancelToken cancel) {
    ClusterConnection jobs = connection.unlessSilent();
    List<VolumeSource> sources =
        plans.stream()
            .filter(plan -> plan.method() != VolumeMethod.NONE)
            .map(plan -> new VolumeSource(jobs, namespace, plan, settings, tag, creations, cancel))
            .toList();
    VolumeGroup together =
        group == null ? null : new VolumeGroup(jobs, namespace, group, settings, tag, creations);
    VolumeSet set = new VolumeSet(sources, together);
    try {
      if (together != null && group != null) {
        set.take(together, group, cancel);
      }
      AtOnce.each(set.sources.values(), VolumeSource::cut);
    } catch (EngineException e) {
      set.close();
      throw e;
    }
    return set;
  }

  private void take(VolumeGroup together, GroupFit fit, CancelToken cancel) {
    Map<String, VolumeSource> cut = new TreeMap<>(sources);
    cut.values().removeIf(source -> !source.plan().cuts());
    try {
      Map<String, String> members = together.take(cut.keySet(), cancel);
      List<String> pvcs = List.copyOf(cut.keySet());
      members.forEach(
          (pvc, name) -> source(pvc).join(name, source(pvc).plan().grouped(pvcs, fit.reason())));
    } catch (EngineException e) {
      cancel.checkpoint();
      groupFailure = ItemFailure.of("volumegroupsnapshots", e);
      left(GROUP, together.remove());
    }
  }

  /// Why the group could not be taken, if it could not: the VolumeSnapshots are of one moment each.
  public Optional<ItemFailure> groupFailure() {
    return Optional.ofNullable(groupFailure);
  }

  /// Which PVCs there are.
  public List<String> pvcs() {
    return List.copyOf(sources.keySet());
  }

  /// The plan of one of them.
  public VolumePlan plan(String pvc) {
    return source(pvc).plan();
  }

  /// Waits until a volume can be read.
  ///
  /// @throws EngineException if it cannot: a snapshot that fails, a pod that does not start
  public VolumeReader open(String pvc) {
    return source(pvc).open();
  }

  /// Waits until a volume can be read once more, after its reader was lost.
  ///
  /// @throws EngineException if it cannot
  public VolumeReader openAgain(String pvc) {
    return source(pvc).openAgain();
  }

  /// Removes what was made for one volume.
  public void release(String pvc) {
    left(pvc, source(pvc).release());
  }

  /// What is tried once more may be gone then.
  private void left(String whose, List<ItemFailure> left) {
    synchronized (leftovers) {
      leftovers.put(whose, left);
    }
  }

  /// What could not be removed, after [#close()].
  public List<ItemFailure> leftovers() {
    synchronized (leftovers) {
      return leftovers.values().stream().flatMap(List::stream).toList();
    }
  }

  private VolumeSource source(String pvc) {
    return Optional.ofNullable(sources.get(pvc)).orElseThrow();
  }

  @Override
  public void close() {
    AtOnce.each(sources.values(), source -> release(source.pvc()));
    if (group != null && groupFailure == null) {
      left(GROUP, group.remove());
    }
  }
}
