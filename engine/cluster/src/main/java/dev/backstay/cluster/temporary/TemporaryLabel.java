package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Json;
import dev.backstay.cluster.connection.PatchType;
import dev.backstay.cluster.connection.WriteMode;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A label that users' PVCs carry only while a VolumeGroupSnapshot of them is taken: it selects by
/// label, and theirs may not fit.
public final class TemporaryLabel {

  public static final String KEY = "backstay.dev/volume-group";

  private TemporaryLabel() {}

  /// The label's value: whose it is.
  public static String value(JobTag tag) {
    return tag.installation() + "." + tag.job();
  }

  /// The job of an installation that set it, if one did.
  static Optional<String> job(JsonNode pvc, String installation) {
    String value = pvc.path("metadata").path("labels").path(KEY).asString("");
    return value.startsWith(installation + ".")
        ? Optional.of(value.substring(installation.length() + 1))
        : Optional.empty();
  }

  public static void set(ClusterConnection connection, String namespace, String pvc, JobTag tag) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").putObject("labels").put(KEY, value(tag));
    patch(connection, namespace, pvc, patch);
  }

  public static void remove(ClusterConnection connection, String namespace, String pvc) {
    ObjectNode patch = Json.object();
    patch.putObject("metadata").putObject("labels").putNull(KEY);
    patch(connection, namespace, pvc, patch);
  }

  private static void patch(
      ClusterConnection connection, String namespace, String pvc, ObjectNode patch) {
    connection.patch(
        TemporaryObject.PVC.path(namespace, pvc), PatchType.MERGE, patch, WriteMode.APPLY);
  }
}
