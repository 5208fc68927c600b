package dev.backstay.repository.prune;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.opened.Crew;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// Every index file there is, each whole: whoever deletes must not pass over one that cannot be
/// read.
final class StrictIndex {

  private static final int ATTEMPTS = 20;

  private final PruneGround ground;
  private final PackTable table = new PackTable();
  private final Map<String, int[]> sources = new TreeMap<>();

  StrictIndex(PruneGround ground) {
    this.ground = ground;
  }

  PackTable table() {
    return table;
  }

  /// Which packs each loaded file names.
  Map<String, int[]> sources() {
    return sources;
  }

  /// Loads the files that are not loaded yet.
  ///
  /// @throws dev.backstay.model.DamagedException if one cannot be read
  /// @throws ConflictException if they are rewritten again and again meanwhile
  void load(CancelToken cancel) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Set<String> fresh = listed();
      fresh.removeAll(sources.keySet());
      // Listed until nothing is new: a listing that runs while the index is rewritten may miss both
      // the old file and the new one.
      if (fresh.isEmpty() && (attempt > 0 || !sources.isEmpty())) {
        return;
      }
      Queue<String> todo = new ConcurrentLinkedQueue<>(fresh.stream().sorted().toList());
      int threads = Math.min(ground.threads(), fresh.size());
      Crew.together(threads, () -> loadAll(todo, cancel));
    }
    throw movedOn();
  }

  private Set<String> listed() {
    return ground.store().list(FileKind.INDEX).stream()
        .map(file -> file.key().name())
        .collect(Collectors.toSet());
  }

  private void loadAll(Queue<String> todo, CancelToken cancel) {
    for (String name = todo.poll(); name != null; name = todo.poll()) {
      cancel.checkpoint();
      try {
        load(name);
      } catch (NotFoundException e) {
        // Rewritten since it was listed: what it said stands in a newer one.
      }
    }
  }

  private record Named(String pack, List<PackEntry> entries) {}

  private void load(String name) {
    StoreKey key = new StoreKey(FileKind.INDEX, name);
    List<Named> named = new ArrayList<>();
    IndexFile.decode(
        ground.files().load(key), key, (pack, entries) -> named.add(new Named(pack, entries)));
    synchronized (this) {
      int[] packs = new int[named.size()];
      for (int i = 0; i < packs.length; i++) {
        packs[i] = table.addVisible(named.get(i).pack(), named.get(i).entries());
      }
      sources.put(name, packs);
    }
  }

  /// The files that name a pack that another one names too: a run that was cut off, or a writer
  /// that brought a pack back, leaves such.
  Set<String> overlapping() {
    Map<String, String> first = new HashMap<>();
    Set<String> overlapping = new HashSet<>();
    sources.forEach((file, packs) -> {
      for (int pack : packs) {
        String other = first.putIfAbsent(table.name(pack), file);
        if (other != null && !other.equals(file)) {
          overlapping.add(other);
          overlapping.add(file);
        }
      }
    });
    return overlapping;
  }

  /// @throws ConflictException if a file that was loaded is gone: somebody rewrote the index
  void confirm() {
    if (!listed().containsAll(sources.keySet())) {
      throw movedOn();
    }
  }

  private static ConflictException movedOn() {
    return new ConflictException(
        "prune.moved-on",
        "the index was rewritten by somebody else since the plan was made",
        "make the plan again");
  }
}
