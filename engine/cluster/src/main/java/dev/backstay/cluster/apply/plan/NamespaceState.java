package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.ForbiddenException;

/// Whether a namespace is there.
public enum NamespaceState {
  ABSENT,
  THERE,
  /// Being deleted: it can be created once it is gone.
  TERMINATING,
  /// It may not be looked at, which is usual for users of a single namespace.
  TAKEN_AS_THERE;

  public static final ResourceType TYPE =
      ResourceType.clusterScoped("", "v1", "namespaces", "Namespace");

  public static NamespaceState of(ClusterConnection connection, String namespace) {
    try {
      return connection
          .find(TYPE.path("", namespace))
          .map(n -> ObjectFields.text(n, "status", "phase"))
          .map(phase -> phase.equals("Terminating") ? TERMINATING : THERE)
          .orElse(ABSENT);
    } catch (ForbiddenException e) {
      return TAKEN_AS_THERE;
    }
  }

  /// Whether it has to be made.
  public boolean absent() {
    return this == ABSENT || this == TERMINATING;
  }
}
