package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.ConflictException;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// Makes and removes one temporary object.
///
/// @param type its kind
/// @param namespace where it is, empty for a cluster-scoped one
/// @param name its name, the same whenever the same job needs it again
public record TemporaryObject(ResourceType type, String namespace, String name) {

  public static final ResourceType POD = ResourceType.core("pods", "Pod");
  public static final ResourceType PVC =
      ResourceType.core("persistentvolumeclaims", "PersistentVolumeClaim");
  public static final ResourceType VOLUME_SNAPSHOT =
      ResourceType.namespaced("snapshot.storage.k8s.io", "v1", "volumesnapshots", "VolumeSnapshot");

  private static final Duration RESTART = Duration.ofMinutes(2);

  /// Its API path.
  public String path() {
    return type.path(namespace, name);
  }

  /// The path of its collection.
  public String collection() {
    return type.path(namespace);
  }

  /// Creates it, or takes the one that a killed run of the same job left.
  ///
  /// @throws ConflictException if an object of that name is somebody else's
  public ObjectNode ensure(
      ClusterConnection connection, ObjectNode manifest, JobTag tag, Creations creations) {
    creations.creating(path());
    try {
      return connection.create(collection(), manifest, WriteMode.APPLY);
    } catch (ConflictException e) {
      ObjectNode there = connection.get(path());
      if (!there.at("/metadata/labels").path(JobTag.JOB).asString("").equals(tag.job())) {
        throw e;
      }
      return type.equals(POD) ? anew(connection, manifest, creations) : there;
    }
  }

  /// A pod of a killed run may hold a listener whose secret died with that run.
  private ObjectNode anew(ClusterConnection connection, ObjectNode manifest, Creations creations) {
    remove(connection, creations, RESTART);
    creations.creating(path());
    return connection.create(collection(), manifest, WriteMode.APPLY);
  }

  /// Deletes it and waits until it is gone.
  ///
  /// @throws dev.backstay.model.TimedOutException if a finalizer holds it
  public void remove(ClusterConnection connection, Creations creations, Duration atMost) {
    connection.delete(
        path(),
        new DeleteOptions(
            DeleteOptions.Propagation.BACKGROUND,
            null,
            type.equals(POD) ? 0 : -1,
            WriteMode.APPLY));
    connection.awaitGone(collection(), name, null, atMost);
    creations.removed(path());
  }
}
