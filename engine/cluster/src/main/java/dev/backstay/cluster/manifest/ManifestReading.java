package dev.backstay.cluster.manifest;

import dev.backstay.model.ItemFailure;
import java.util.List;
import java.util.Map;

/// What was read, left out, and could not be read.
///
/// @param counts objects by qualified plural, in order
/// @param skipped kinds and objects left out on purpose
/// @param failures kinds and objects that could not be read: 403 on a kind is one of them
public record ManifestReading(
    Map<String, Long> counts, List<Skipped> skipped, List<ItemFailure> failures) {

  /// Left out on purpose.
  ///
  /// @param item `events`, `endpointslices.discovery.k8s.io/web-x2v4s`
  /// @param count how many objects, -1 if they were not even listed
  /// @param reason one sentence
  public record Skipped(String item, long count, String reason) {}

  public ManifestReading {
    skipped = List.copyOf(skipped);
    failures = List.copyOf(failures);
  }

  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
