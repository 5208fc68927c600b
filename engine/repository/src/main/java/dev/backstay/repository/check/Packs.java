package dev.backstay.repository.check;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.PackContents;
import dev.backstay.repository.opened.Crew;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.Outage;
import dev.backstay.repository.opened.PackAudit;
import dev.backstay.repository.opened.PackAuditor;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoredFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Packs as the index has them and as the store has them.
final class Packs {

  private final Opened opened;
  private final Findings findings;
  private final PackContents contents;
  private final Map<String, Long> expected;
  private final Map<String, Long> sizes = new HashMap<>();

  /// @param index as its files have it
  Packs(Opened opened, BlobIndex index, Findings findings) {
    this.opened = opened;
    this.findings = findings;
    contents = index.byPack();
    expected = index.packSizes();
    for (StoredFile file : opened.store().list(FileKind.PACK)) {
      sizes.put(file.key().name(), file.size());
    }
  }

  /// Bytes of each that is there.
  Map<String, Long> sizes() {
    return sizes;
  }

  /// By names and sizes only.
  void compare(AsidePacks aside) {
    expected.forEach(this::compare);
    for (String name : sizes.keySet()) {
      if (!expected.containsKey(name) && !aside.contains(name)) {
        findings.hint(
            "repository.pack-unindexed",
            "data/" + name,
            "is in no index: left by an interrupted backup",
            "a prune removes it; if an index file was lost, 'repo repair index' adds it");
      }
    }
  }

  private void compare(String pack, long wanted) {
    Long size = sizes.get(pack);
    if (size != null && size == wanted) {
      return;
    }
    String file = "data/" + pack;
    Findings.Finding finding =
        size == null
            ? findings.error(
                "repository.pack-missing",
                file,
                "is named by the index and does not exist",
                Remedies.missing())
            : findings.error(
                "repository.pack-size",
                file,
                "has " + size + " bytes where the index says " + wanted,
                "run 'repo repair index'; if it is damaged, " + Remedies.pack(pack));
    for (PackEntry entry : contents.of(pack)) {
      if (size == null || entry.offset() + entry.length() > size) {
        finding.loses(entry.kind(), entry.id());
      }
    }
  }

  /// @return how many bytes were read
  long read(DataSubset subset, AsidePacks aside, Random random, CancelToken cancel, Meter meter) {
    PackAuditor auditor = new PackAuditor(opened);
    AtomicLong bytes = new AtomicLong();
    Set<String> needed = aside.needed();
    Map<String, Long> both = new HashMap<>(sizes);
    both.keySet().removeIf(pack -> !expected.containsKey(pack) && !needed.contains(pack));
    Crew.each(
        auditor.callers(),
        subset.select(both, random),
        cancel,
        pack -> {
          long size = both.getOrDefault(pack, 0L);
          if (needed.contains(pack)) {
            report(audit(auditor, pack, size, aside.entries(pack)), Remedies.ASIDE);
          } else {
            report(audit(auditor, pack, size, contents.of(pack)), Remedies.pack(pack));
          }
          bytes.addAndGet(size);
          meter.add(0, size);
        });
    return bytes.get();
  }

  private PackAudit audit(PackAuditor auditor, String pack, long size, List<PackEntry> entries) {
    try {
      return auditor.audit(pack, size, entries);
    } catch (NotFoundException e) {
      // Pruned since it was listed, or gone: it is needed, so it counts.
      return new PackAudit(pack, size, List.of("does not exist any more"), List.of(), entries);
    } catch (StorageException e) {
      Outage.refuse(opened, e);
      String why = "cannot be read: " + e.getMessage();
      return new PackAudit(pack, size, List.of(why), List.of(), entries);
    }
  }

  private void report(PackAudit audit, String remedy) {
    if (audit.sound()) {
      return;
    }
    Findings.Finding finding =
        findings.error("repository.pack-damaged", "data/" + audit.pack(), sentence(audit), remedy);
    audit.lost().forEach(entry -> finding.loses(entry.kind(), entry.id()));
  }

  private static String sentence(PackAudit audit) {
    List<String> few = audit.problems().stream().limit(5).toList();
    int more = audit.problems().size() - few.size();
    return String.join("; ", few) + (more > 0 ? "; and " + more + " more" : "");
  }
}
