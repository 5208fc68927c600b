package dev.backstay.repository.repair;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.Crew;
import dev.backstay.repository.opened.IndexRewrite;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.PackHeaders;
import dev.backstay.repository.opened.StoreState;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.repair.IndexSurvey.Said;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the index say what the packs say (restic `repair index`).
///
/// An entry goes only if its pack is not in the store, or if the pack's own header, which is sealed
/// like everything, says otherwise. A pack whose header is damaged keeps the entries it has: they
/// are what [PackRepair] saves its blobs by.
public final class IndexRepair {

  private final Opened opened;
  private final PackHeaders headers;

  public IndexRepair(Opened opened) {
    this.opened = opened;
    headers = new PackHeaders(opened);
  }

  /// @param readAll whether the header of every pack is read, not only of those that look wrong
  public IndexRepairPlan plan(boolean readAll, CancelToken cancel, Meter meter) {
    StoreState state = StoreState.of(opened.store());
    IndexSurvey survey = IndexSurvey.of(opened, cancel);
    Map<String, Long> sizes = sizes(survey, cancel);
    Headers found = new Headers(survey.packs());
    Crew.each(
        opened.readers(),
        suspects(survey, sizes, readAll),
        cancel,
        pack -> {
          found.look(pack, sizes.getOrDefault(pack, 0L));
          meter.add(1, 0);
        });
    return new IndexRepairPlan(
        survey.damaged().stream().sorted().toList(),
        missing(survey, sizes.keySet()),
        List.copyOf(new TreeSet<>(found.added)),
        List.copyOf(new TreeSet<>(found.changed)),
        repeated(survey, found.changed, sizes.keySet()),
        found.unreadable.stream().sorted(Comparator.comparing(ItemFailure::item)).toList(),
        state);
  }

  /// What is there. A listing may be stale: what the index names and it lacks is asked for alone.
  private Map<String, Long> sizes(IndexSurvey survey, CancelToken cancel) {
    Map<String, Long> sizes = new ConcurrentHashMap<>();
    for (StoredFile file : opened.store().list(FileKind.PACK)) {
      sizes.put(file.key().name(), file.size());
    }
    Crew.each(
        opened.readers(),
        missing(survey, sizes.keySet()),
        cancel,
        pack -> {
          try {
            sizes.put(pack, opened.store().size(new StoreKey(FileKind.PACK, pack)));
          } catch (NotFoundException e) {
            // So it is.
          }
        });
    return sizes;
  }

  /// Packs whose headers have to be read. Those that a prune has set aside are in no index on
  /// purpose; but if an index file is damaged, it may be the one that put them back.
  private List<String> suspects(IndexSurvey survey, Map<String, Long> sizes, boolean readAll) {
    Set<String> hidden = new HashSet<>();
    if (survey.damaged().isEmpty()) {
      opened.setAside().get().forEach(pack -> hidden.add(pack.id()));
      hidden.removeAll(survey.packs().keySet());
    }
    return sizes.entrySet().stream()
        .filter(e -> !hidden.contains(e.getKey()))
        .filter(e -> readAll || suspect(survey.packs().get(e.getKey()), e.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean suspect(@Nullable Said said, long size) {
    return said == null || !said.alike() || said.size() != size;
  }

  private static List<String> missing(IndexSurvey survey, Set<String> there) {
    return survey.packs().keySet().stream().filter(p -> !there.contains(p)).sorted().toList();
  }

  private static List<String> repeated(IndexSurvey survey, Set<String> changed, Set<String> there) {
    return survey.packs().entrySet().stream()
        .filter(e -> e.getValue().times() > 1 && e.getValue().alike())
        .map(Map.Entry::getKey)
        .filter(pack -> there.contains(pack) && !changed.contains(pack))
        .sorted()
        .toList();
  }

  /// What the headers say that were read.
  private final class Headers {
    private final Map<String, Said> said;
    private final Set<String> added = Collections.synchronizedSet(new HashSet<>());
    private final Set<String> changed = Collections.synchronizedSet(new HashSet<>());
    private final List<ItemFailure> unreadable = Collections.synchronizedList(new ArrayList<>());

    Headers(Map<String, Said> said) {
      this.said = said;
    }

    void look(String pack, long size) {
      Optional<List<PackEntry>> header = headers.read(pack, size);
      Said index = said.get(pack);
      if (header.isEmpty()) {
        unreadable.add(unreadable(pack, index));
      } else if (index == null) {
        added.add(pack);
      } else if (!index.is(header.get())) {
        changed.add(pack);
      }
    }
  }

  private static ItemFailure unreadable(String pack, @Nullable Said index) {
    return index == null
        ? new ItemFailure(
            "data/" + pack,
            "repository.pack-header",
            "the pack has a damaged header and is in no index: nothing in it can be found",
            "restore the file from a copy of the repository; else back up the same files again or"
                + " run 'repo repair snapshots', then a prune removes it")
        : new ItemFailure(
            "data/" + pack,
            "repository.pack-header",
            "the pack has a damaged header; its entries in the index stay",
            "run 'repo repair packs " + pack + "' to save what is intact in it");
  }

  /// @throws dev.backstay.model.LockedException if somebody else works with the repository
  /// @throws dev.backstay.model.ConflictException if it has changed since the plan was made
  public void apply(IndexRepairPlan plan, CancelToken cancel, Meter meter) {
    if (plan.isEmpty()) {
      return;
    }
    try (RepositoryLock lock = opened.lockAlone()) {
      plan.state().confirm(opened.store());
      Set<String> dropped = new HashSet<>(plan.missingPacks());
      dropped.addAll(plan.changedPacks());
      Set<StoreKey> damaged =
          plan.damagedIndexes().stream()
              .map(name -> new StoreKey(FileKind.INDEX, name))
              .collect(Collectors.toSet());
      new IndexRewrite(opened, dropped, Set.copyOf(plan.repeatedPacks()), damaged)
          .apply(packs -> readAgain(plan, packs, cancel, meter), cancel, lock);
    }
  }

  private void readAgain(
      IndexRepairPlan plan, Consumer<IndexedPack> packs, CancelToken cancel, Meter meter) {
    List<String> names = new ArrayList<>(plan.newPacks());
    names.addAll(plan.changedPacks());
    Crew.each(
        opened.readers(),
        names,
        cancel,
        pack -> {
          IndexedPack read = new IndexedPack(pack, header(pack));
          synchronized (packs) {
            packs.accept(read);
          }
          meter.add(1, 0);
        });
  }

  private List<PackEntry> header(String pack) {
    long size = opened.store().size(new StoreKey(FileKind.PACK, pack));
    return headers
        .read(pack, size)
        .orElseThrow(() ->
            new DamagedException(
                "repository.pack-header",
                "the header of the pack " + pack + " could be read before and cannot be now",
                "look at the disk or connection, then make the plan again"));
  }
}
