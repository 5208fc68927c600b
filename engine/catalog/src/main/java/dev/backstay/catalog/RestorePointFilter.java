package dev.backstay.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which restore points to list; null matches all.
///
/// @param idPrefix the first digits of the id
/// @param pvc restore points that hold this PVC
/// @param from not older than this
/// @param limit at most this many, newest first
public record RestorePointFilter(
    @Nullable String repositoryId,
    @Nullable String idPrefix,
    @Nullable String context,
    @Nullable String clusterId,
    @Nullable String namespace,
    @Nullable String pvc,
    @Nullable Instant from,
    int limit) {

  public static final RestorePointFilter ALL =
      new RestorePointFilter(null, null, null, null, null, null, null, Integer.MAX_VALUE);

  public RestorePointFilter withRepository(String id) {
    return new RestorePointFilter(id, idPrefix, context, clusterId, namespace, pvc, from, limit);
  }

  public RestorePointFilter withIdPrefix(String prefix) {
    return new RestorePointFilter(
        repositoryId, prefix, context, clusterId, namespace, pvc, from, limit);
  }

  public RestorePointFilter withContext(String name) {
    return new RestorePointFilter(
        repositoryId, idPrefix, name, clusterId, namespace, pvc, from, limit);
  }

  public RestorePointFilter withCluster(String id) {
    return new RestorePointFilter(repositoryId, idPrefix, context, id, namespace, pvc, from, limit);
  }

  public RestorePointFilter withNamespace(String name) {
    return new RestorePointFilter(
        repositoryId, idPrefix, context, clusterId, name, pvc, from, limit);
  }

  public RestorePointFilter withPvc(String name) {
    return new RestorePointFilter(
        repositoryId, idPrefix, context, clusterId, namespace, name, from, limit);
  }

  public RestorePointFilter withLimit(int count) {
    return new RestorePointFilter(
        repositoryId, idPrefix, context, clusterId, namespace, pvc, from, count);
  }
}
