package dev.backstay.catalog;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One job of the history.
///
/// @param id the job's id
/// @param kind what it does, by a stable name
/// @param state where it stood when the row was last written: `QUEUED`, `RUNNING`, `CANCELLING`,
///   `ENDED` or `INTERRUPTED`
/// @param context the kubeconfig context, null if none
/// @param clusterId the cluster, null if none
/// @param namespace the namespace, null if none
/// @param repository the repository's location, null if none
/// @param details what the kind needs besides
/// @param submitted when it was asked for
/// @param started null while queued
/// @param ended null until it has ended; for an interrupted job its last sign of life
/// @param end how it ended, null until then
public record JobRow(
    String id,
    String kind,
    String state,
    @Nullable String context,
    @Nullable String clusterId,
    @Nullable String namespace,
    @Nullable String repository,
    Map<String, String> details,
    Instant submitted,
    @Nullable Instant started,
    @Nullable Instant ended,
    @Nullable JobEnd end) {

  public JobRow {
    details = Map.copyOf(details);
  }
}
