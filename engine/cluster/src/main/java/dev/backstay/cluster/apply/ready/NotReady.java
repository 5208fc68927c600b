package dev.backstay.cluster.apply.ready;

import dev.backstay.cluster.manifest.ManifestKey;
import java.util.List;

/// A workload or PVC that did not become ready in time.
///
/// @param key which
/// @param state in words: `1 of 3 replicas are ready`
/// @param reasons what its pods and events say, the most telling first
public record NotReady(ManifestKey key, String state, List<String> reasons) {
  public NotReady {
    reasons = List.copyOf(reasons);
  }
}
