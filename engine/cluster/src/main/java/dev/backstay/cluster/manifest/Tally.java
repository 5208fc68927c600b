package dev.backstay.cluster.manifest;

import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.manifest.ManifestReading.Skipped;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Adds up what many threads read. Keeps no object.
final class Tally {

  private record Reason(String item, String why) implements Comparable<Reason> {
    @Override
    public int compareTo(Reason other) {
      int byItem = item.compareTo(other.item);
      return byItem != 0 ? byItem : why.compareTo(other.why);
    }
  }

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<Reason, Long> skipped = new TreeMap<>();
  private final List<ItemFailure> failures = new ArrayList<>();

  synchronized void read(ResourceType type, long objects) {
    if (objects > 0) {
      counts.merge(type.qualifiedPlural(), objects, Long::sum);
    }
  }

  synchronized void skippedKind(ResourceType type, String why) {
    skipped.put(new Reason(type.qualifiedPlural(), why), -1L);
  }

  synchronized void skippedObject(ResourceType type, String why) {
    skipped.merge(new Reason(type.qualifiedPlural(), why), 1L, Long::sum);
  }

  synchronized void failed(String item, EngineException error) {
    failures.add(ItemFailure.of(item, error));
  }

  synchronized ManifestReading reading() {
    List<Skipped> out = new ArrayList<>();
    skipped.forEach((reason, count) -> out.add(new Skipped(reason.item(), count, reason.why())));
    return new ManifestReading(new TreeMap<>(counts), out, failures);
  }
}
