package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Json;
import dev.backstay.cluster.connection.PatchType;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ResourceType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The mark of a PVC into which a restore writes. It stands in the PVC itself, so that whoever
/// looks next, from whatever machine, knows that the volume is not whole: a workload must not start
/// on it, and a restore that skips what exists must not take it for restored.
public final class UnfinishedRestore {

  private static final ResourceType PVC =
      ResourceType.core("persistentvolumeclaims", "PersistentVolumeClaim");

  private UnfinishedRestore() {}

  /// The job that has not finished writing into a PVC, or empty.
  public static String of(JsonNode pvc) {
    return pvc.path("metadata")
        .path("annotations")
        .path(Annotations.UNFINISHED_RESTORE)
        .asString("");
  }

  /// Sets the mark on a PVC that is about to be made.
  public static void begin(ObjectNode pvc, String job) {
    JsonNode metadata = pvc.path("metadata");
    ObjectNode annotations =
        metadata.path("annotations") instanceof ObjectNode there
            ? there
            : ((ObjectNode) metadata).putObject("annotations");
    annotations.put(Annotations.UNFINISHED_RESTORE, job);
  }

  /// Sets the mark on a PVC that exists.
  public static void begin(ClusterConnection connection, String namespace, String pvc, String job) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").putObject("annotations").put(Annotations.UNFINISHED_RESTORE, job);
    connection.patch(PVC.path(namespace, pvc), PatchType.MERGE, patch, WriteMode.APPLY);
  }

  /// Takes the mark away, once the volume is whole.
  public static void end(ClusterConnection connection, String namespace, String pvc) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").putObject("annotations").putNull(Annotations.UNFINISHED_RESTORE);
    connection.patch(PVC.path(namespace, pvc), PatchType.MERGE, patch, WriteMode.APPLY);
  }
}
