package dev.backstay.cluster.kubeconfig;

/// A context with everything it names.
///
/// @param name its name
/// @param namespace its namespace, or `default`
/// @param cluster its cluster
/// @param user its user
/// @param askBeforeRunning whether its user comes from a file outside the default place
public record ResolvedContext(
    String name,
    String namespace,
    ClusterEntry cluster,
    UserEntry user,
    boolean askBeforeRunning) {}
