package dev.backstay.cluster.apply.clean;

import java.util.Map;

/// How to clean.
///
/// @param from the namespace that the manifests are of
/// @param to the namespace that they go to
/// @param classMap StorageClass names, old to new
/// @param keepNodePorts keep every nodePort, not only those that somebody chose
/// @param suspendCronJobs restore CronJobs suspended, so that none fires at once
/// @param keepFinalizers keep finalizers; those of controllers that are absent block a deletion
public record CleanOptions(
    String from,
    String to,
    Map<String, String> classMap,
    boolean keepNodePorts,
    boolean suspendCronJobs,
    boolean keepFinalizers) {

  public CleanOptions {
    classMap = Map.copyOf(classMap);
  }

  /// Nothing kept, nothing suspended, nothing mapped.
  public static CleanOptions between(String from, String to) {
    return new CleanOptions(from, to, Map.of(), false, false, false);
  }

  public CleanOptions withClassMap(Map<String, String> map) {
    return new CleanOptions(from, to, map, keepNodePorts, suspendCronJobs, keepFinalizers);
  }

  boolean moves() {
    return !from.equals(to);
  }
}
