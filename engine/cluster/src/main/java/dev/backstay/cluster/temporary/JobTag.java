package dev.backstay.cluster.temporary;

import dev.backstay.cluster.connection.ClusterConnection;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Whose a temporary object is.
///
/// @param job the job's id
/// @param installation the id of the Backstay that runs it: nobody else's objects are ever removed
public record JobTag(String job, String installation) {

  public static final String JOB = "backstay.dev/job";
  public static final String INSTALLATION = "backstay.dev/installation";
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /// An object of a kind with name and labels set, nothing else.
  ///
  /// @param namespace empty for a cluster-scoped object
  public ObjectNode object(String apiVersion, String kind, String namespace, String name) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", apiVersion).put("kind", kind);
    ObjectNode metadata = object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata
        .putObject("labels")
        .put(MANAGED_BY, ClusterConnection.FIELD_MANAGER)
        .put(JOB, job)
        .put(INSTALLATION, installation);
    return object;
  }

  /// Finds this job's objects.
  public String selector() {
    return JOB + "=" + job + "," + INSTALLATION + "=" + installation;
  }

  /// Finds all objects of an installation.
  public static String selectorOf(String installation) {
    return INSTALLATION + "=" + installation;
  }
}
