package dev.backstay.repository.check;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.check.Findings.Finding;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.opened.PackHeaders;
import dev.backstay.repository.pack.PackEntry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Packs that a prune has set aside. Most are garbage; those that a snapshot needs all the same
/// have to be there and to hold like the others. Safe for use by many threads.
final class AsidePacks {

  private final Findings findings;
  private final Map<String, Long> sizes;
  private final Map<String, IndexedPack> packs = new ConcurrentHashMap<>();
  private final Map<String, Finding> broken = new ConcurrentHashMap<>();
  private final Set<String> needed = ConcurrentHashMap.newKeySet();
  private final BlobTable seen = new BlobTable();

  /// @param sizes bytes of the packs that are there
  AsidePacks(Findings findings, Map<String, Long> sizes) {
    this.findings = findings;
    this.sizes = sizes;
  }

  /// Makes the index name them too, of those that it does not name itself.
  void addTo(BlobIndex index, Collection<IndexedPack> aside) {
    for (IndexedPack pack : aside) {
      if (index.add(pack.id(), pack.entries())) {
        packs.put(pack.id(), pack);
      }
    }
  }

  boolean isEmpty() {
    return packs.isEmpty();
  }

  boolean contains(String pack) {
    return packs.containsKey(pack);
  }

  List<PackEntry> entries(String pack) {
    IndexedPack found = packs.get(pack);
    return found == null ? List.of() : found.entries();
  }

  /// Those that a snapshot needs.
  Set<String> needed() {
    return Set.copyOf(needed);
  }

  /// A snapshot needs a blob of which all copies are in such packs.
  void need(BlobKind kind, BlobId id, List<BlobPlace> places) {
    if (!seen.add(kind, id)) {
      return;
    }
    places.forEach(place -> needed.add(place.pack()));
    if (places.stream().noneMatch(place -> whole(place.pack()))) {
      places.forEach(place -> broken(place.pack()));
    }
    if (places.stream().anyMatch(this::holds)) {
      findings.hint(
          "repository.blob-set-aside",
          kind.word() + " blob " + id,
          "is in a pack that a prune set aside",
          "the next prune puts it back into the index");
    } else {
      broken(places.getFirst().pack()).loses(kind, id);
    }
  }

  private boolean whole(String pack) {
    Long size = sizes.get(pack);
    return size != null && size == PackHeaders.size(entries(pack));
  }

  private boolean holds(BlobPlace place) {
    Long size = sizes.get(place.pack());
    return size != null && place.offset() + place.length() <= size;
  }

  private Finding broken(String pack) {
    return broken.computeIfAbsent(pack, this::report);
  }

  private Finding report(String pack) {
    Long size = sizes.get(pack);
    return size == null
        ? findings.error(
            "repository.pack-missing",
            "data/" + pack,
            "was set aside by a prune, is needed and does not exist",
            Remedies.ASIDE)
        : findings.error(
            "repository.pack-size",
            "data/" + pack,
            "was set aside by a prune, is needed and has "
                + size
                + " bytes where it had "
                + PackHeaders.size(entries(pack)),
            Remedies.ASIDE);
  }
}
