package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Json;
import dev.backstay.cluster.connection.PatchType;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.temporary.TemporaryObjects.Found;
import dev.backstay.model.ConflictException;
import dev.backstay.model.ItemFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/// Objects that a job makes to stay. Until [#keep()] they carry the labels of temporary ones, so
/// that those of a killed job are found and removed; afterwards nothing tells them from anybody
/// else's but an annotation. Safe for use by many threads.
public final class LastingObjects {

  /// On an object that stays: which job made it.
  public static final String MADE_BY_JOB = "backstay.dev/made-by-job";

  private final ClusterConnection connection;
  private final ServedTypes types;
  private final JobTag tag;
  private final Creations creations;
  private final boolean labelled;
  private final List<TemporaryObject> made = new CopyOnWriteArrayList<>();

  /// @param connection not under the job's token: after cancelling [#undo()] still needs it
  /// @param labelled whether to label them at first; needs the right to patch them
  public LastingObjects(
      ClusterConnection connection,
      ServedTypes types,
      JobTag tag,
      Creations creations,
      boolean labelled) {
    this.connection = connection;
    this.types = types;
    this.tag = tag;
    this.creations = creations;
    this.labelled = labelled;
  }

  /// The beginning of an object's manifest.
  public ObjectNode manifest(TemporaryObject object) {
    ObjectNode manifest =
        tag.object(
            object.type().apiVersion(), object.type().kind(), object.namespace(), object.name());
    ObjectNode metadata = (ObjectNode) manifest.path("metadata");
    metadata.putObject("annotations").put(MADE_BY_JOB, tag.job());
    if (!labelled) {
      ((ObjectNode) metadata.path("labels")).remove(List.of(JobTag.JOB, JobTag.INSTALLATION));
    }
    return manifest;
  }

  /// Creates one.
  ///
  /// @param under the connection under the job's token
  /// @throws ConflictException if there is an object of that name
  public void create(ClusterConnection under, TemporaryObject object, ObjectNode manifest) {
    made.add(object); // even if the answer gets lost, it may be there
    creations.creating(object.path());
    try {
      under.create(object.collection(), manifest, WriteMode.APPLY);
    } catch (ConflictException e) {
      made.remove(object);
      creations.removed(object.path());
      throw e;
    }
  }

  /// All of them are as they should be: they stay.
  public void keep() {
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .putObject("labels")
        .putNull(JobTag.JOB)
        .putNull(JobTag.INSTALLATION);
    if (labelled) {
      made.forEach(
          object -> connection.patch(object.path(), PatchType.MERGE, patch, WriteMode.APPLY));
    }
    made.forEach(object -> creations.removed(object.path()));
    made.clear();
  }

  /// Removes what was made and is not kept, what lies behind it included.
  ///
  /// @return what could not be removed
  public List<ItemFailure> undo() {
    List<Found> found =
        made.stream()
            .filter(this::ours)
            .map(object -> new Found(object, tag.job(), false))
            .toList();
    return new TemporaryObjects(connection, types).remove(found, creations);
  }

  /// A refused creation may have been refused because of somebody else's object.
  private boolean ours(TemporaryObject object) {
    boolean ours =
        connection
            .find(object.path())
            .map(o -> o.at("/metadata/annotations").path(MADE_BY_JOB).asString(""))
            .filter(tag.job()::equals)
            .isPresent();
    if (!ours) {
      creations.removed(object.path());
    }
    return ours;
  }
}
