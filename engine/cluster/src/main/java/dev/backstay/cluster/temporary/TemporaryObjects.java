package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.NotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// The temporary objects that one installation has in a cluster: found by label, removed in the
/// order in which they need each other.
public final class TemporaryObjects {

  private static final Duration GONE = Duration.ofMinutes(5);

  private final ClusterConnection connection;

  /// Pods mount claims, claims come from VolumeSnapshots.
  private final List<ResourceType> order;

  /// @param types what the server serves, for the version of its VolumeGroupSnapshots
  public TemporaryObjects(ClusterConnection connection, ServedTypes types) {
    this.connection = connection.unlessSilent();
    this.order =
        Stream.of(
                Stream.of(TemporaryObject.POD, TemporaryObject.PVC),
                TemporaryGroup.type(types).stream(),
                Stream.of(TemporaryObject.VOLUME_SNAPSHOT))
            .flatMap(all -> all)
            .toList();
  }

  /// One of them.
  ///
  /// @param object what and where
  /// @param job the id of the job that made it
  /// @param labelOnly whether the object is the user's and only its label is temporary
  public record Found(TemporaryObject object, String job, boolean labelOnly) {}

  /// All objects of an installation.
  ///
  /// @param namespace where to look, empty for everywhere; where that may not be listed is a
  ///   warning
  public Listing<Found> find(String installation, String namespace) {
    List<Found> found = new ArrayList<>();
    List<ItemFailure> warnings = new ArrayList<>();
    for (ResourceType type : order) {
      String path = namespace.isEmpty() ? type.path() : type.path(namespace);
      try {
        Iterator<ObjectNode> objects =
            connection.list(path, Query.labels(JobTag.selectorOf(installation)));
        objects.forEachRemaining(object -> found.add(found(type, object)));
      } catch (NotFoundException e) {
        // a cluster without snapshots has no VolumeSnapshots
      } catch (EngineException e) {
        warnings.add(ItemFailure.of(type.qualifiedPlural(), e));
      }
    }
    found.addAll(labelled(installation, namespace));
    return new Listing<>(found, warnings);
  }

  /// PVCs that still carry a label of ours; where PVCs may not be listed that is a warning already.
  private List<Found> labelled(String installation, String namespace) {
    List<Found> found = new ArrayList<>();
    String path =
        namespace.isEmpty() ? TemporaryObject.PVC.path() : TemporaryObject.PVC.path(namespace);
    try {
      connection
          .list(path, Query.labels(TemporaryLabel.KEY))
          .forEachRemaining(pvc ->
              TemporaryLabel.job(pvc, installation)
                  .ifPresent(job ->
                      found.add(new Found(found(TemporaryObject.PVC, pvc).object(), job, true))));
    } catch (EngineException e) {
      return List.of();
    }
    return found;
  }

  private static Found found(ResourceType type, ObjectNode object) {
    TemporaryObject temporary =
        new TemporaryObject(
            type,
            object.at("/metadata/namespace").asString(""),
            object.at("/metadata/name").asString(""));
    return new Found(temporary, object.at("/metadata/labels").path(JobTag.JOB).asString(""), false);
  }

  /// Removes them, what lies behind them included; goes on after a failure.
  ///
  /// @return what could not be removed
  public List<ItemFailure> remove(List<Found> objects, Creations creations) {
    List<ItemFailure> left = new ArrayList<>();
    objects.stream()
        .sorted(Comparator.comparingInt(found -> order.indexOf(found.object().type())))
        .forEach(found -> remove(found, creations, left));
    return left;
  }

  private void remove(Found found, Creations creations, List<ItemFailure> left) {
    if (!found.labelOnly()) {
      remove(found.object(), creations, left);
      return;
    }
    try {
      TemporaryLabel.remove(connection, found.object().namespace(), found.object().name());
    } catch (EngineException e) {
      left.add(ItemFailure.of("persistentvolumeclaims/" + found.object().name(), e));
    }
  }

  private void remove(TemporaryObject object, Creations creations, List<ItemFailure> left) {
    if (object.type().equals(TemporaryObject.PVC)) {
      TemporaryVolume.forget(connection, object, left, () -> delete(object, creations, left));
      return;
    }
    if (object.type().equals(TemporaryObject.VOLUME_SNAPSHOT)) {
      TemporaryVolume.deleteContentWith(connection, object);
    }
    delete(object, creations, left);
  }

  private void delete(TemporaryObject object, Creations creations, List<ItemFailure> left) {
    try {
      if (object.type().group().equals(TemporaryGroup.GROUP)) {
        new TemporaryGroup(connection, object).remove(creations, GONE);
      } else {
        object.remove(connection, creations, GONE);
      }
    } catch (EngineException e) {
      left.add(ItemFailure.of(object.type().plural() + "/" + object.name(), e));
    }
  }
}
