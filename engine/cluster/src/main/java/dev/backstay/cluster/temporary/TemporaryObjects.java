package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.NotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The temporary objects that one installation has in a cluster: found by label, removed in the
/// order in which they need each other.
public final class TemporaryObjects {

  /// Pods mount claims, claims come from VolumeSnapshots.
  private static final List<ResourceType> ORDER =
      List.of(TemporaryObject.POD, TemporaryObject.PVC, TemporaryObject.VOLUME_SNAPSHOT);

  private static final Duration GONE = Duration.ofMinutes(5);

  private final ClusterConnection connection;

  public TemporaryObjects(ClusterConnection connection) {
    this.connection = connection;
  }

  /// One of them.
  ///
  /// @param object what and where
  /// @param job the id of the job that made it
  public record Found(TemporaryObject object, String job) {}

  /// All objects of an installation.
  ///
  /// @param namespace where to look, empty for everywhere; where that may not be listed is a
  ///   warning
  public Listing<Found> find(String installation, String namespace) {
    List<Found> found = new ArrayList<>();
    List<ItemFailure> warnings = new ArrayList<>();
    for (ResourceType type : ORDER) {
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
    return new Listing<>(found, warnings);
  }

  private static Found found(ResourceType type, ObjectNode object) {
    TemporaryObject temporary =
        new TemporaryObject(
            type,
            object.at("/metadata/namespace").asString(""),
            object.at("/metadata/name").asString(""));
    return new Found(temporary, object.at("/metadata/labels").path(JobTag.JOB).asString(""));
  }

  /// Removes them, what lies behind them included; goes on after a failure.
  ///
  /// @return what could not be removed
  public List<ItemFailure> remove(List<Found> objects, Creations creations) {
    List<ItemFailure> left = new ArrayList<>();
    objects.stream()
        .sorted(Comparator.comparingInt(found -> ORDER.indexOf(found.object().type())))
        .forEach(found -> remove(found.object(), creations, left));
    return left;
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
      object.remove(connection, creations, GONE);
    } catch (EngineException e) {
      left.add(ItemFailure.of(object.type().plural() + "/" + object.name(), e));
    }
  }
}
