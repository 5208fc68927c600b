package dev.backstay.cluster.apply.order;

/// When an object's turn comes; the declaration order is the order of a restore. Everything up to
/// [#SERVICES] is there before the first pod starts.
public enum RestoreStage {
  /// Custom resource definitions; they must be served before their objects come.
  DEFINITIONS,
  NAMESPACE,
  /// Storage, priority, ingress and runtime classes.
  CLASSES,
  SERVICE_ACCOUNTS,
  ROLES,
  ROLE_BINDINGS,
  CONFIGURATION,
  LIMITS,
  VOLUMES,
  CLAIMS,
  SERVICES,
  NETWORK,
  WORKLOADS,
  /// What looks at workloads or leads to them: autoscalers, budgets, ingresses.
  AROUND_WORKLOADS,
  /// Kinds that are not Kubernetes' own: their operators are workloads.
  CUSTOM,
  /// Webhooks last: their services have to run.
  WEBHOOKS;

  /// Whether it comes before volumes are filled and workloads start.
  public boolean beforeWorkloads() {
    return compareTo(WORKLOADS) < 0;
  }
}
