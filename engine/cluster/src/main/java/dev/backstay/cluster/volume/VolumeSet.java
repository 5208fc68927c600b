package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.volumesnapshot.AtOnce;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The volumes of one back-up: all VolumeSnapshots are asked for at once when it is opened, readers
/// come one by one, and closing removes everything temporary. Run again under the same job after a
/// kill, it finds and uses what was made. Safe for use by many threads.
public final class VolumeSet implements AutoCloseable {

  private final Map<String, VolumeSource> sources = new LinkedHashMap<>();
  private final List<ItemFailure> leftovers = new ArrayList<>();

  private VolumeSet(List<VolumeSource> sources) {
    sources.forEach(source -> this.sources.put(source.pvc(), source));
  }

  /// Begins all of it; plans of method NONE are passed over.
  ///
  /// @throws dev.backstay.model.EngineException only if cancelled: what goes wrong with a volume
  ///   comes out of [#open(String)]
  public static VolumeSet begin(
      ClusterConnection connection,
      String namespace,
      List<VolumePlan> plans,
      MoverSettings settings,
      JobTag tag,
      Creations creations,
      CancelToken cancel) {
    List<VolumeSource> sources =
        plans.stream()
            .filter(plan -> plan.method() != VolumeMethod.NONE)
            .map(plan ->
                new VolumeSource(connection, namespace, plan, settings, tag, creations, cancel))
            .toList();
    VolumeSet set = new VolumeSet(sources);
    AtOnce.each(set.sources.values(), VolumeSource::cut);
    return set;
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
  /// @throws dev.backstay.model.EngineException if it cannot: a snapshot that fails, a pod that
  ///   does not start
  public VolumeReader open(String pvc) {
    return source(pvc).open();
  }

  /// Removes what was made for one volume.
  public void release(String pvc) {
    List<ItemFailure> left = source(pvc).release();
    synchronized (leftovers) {
      leftovers.addAll(left);
    }
  }

  /// What could not be removed, after [#close()].
  public List<ItemFailure> leftovers() {
    synchronized (leftovers) {
      return List.copyOf(leftovers);
    }
  }

  private VolumeSource source(String pvc) {
    return Optional.ofNullable(sources.get(pvc)).orElseThrow();
  }

  @Override
  public void close() {
    AtOnce.each(sources.values(), source -> release(source.pvc()));
  }
}
