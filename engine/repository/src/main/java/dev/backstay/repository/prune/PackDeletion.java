package dev.backstay.repository.prune;

import dev.backstay.model.NotFoundException;
import dev.backstay.repository.opened.Crew;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// Deletes packs in batches, each only after the right to do so was confirmed.
final class PackDeletion {

  private static final int BATCH = 64;

  private final RunningPrune prune;
  private final LongAdder deleted = new LongAdder();
  private final LongAdder freed = new LongAdder();

  PackDeletion(RunningPrune prune) {
    this.prune = prune;
  }

  long deleted() {
    return deleted.sum();
  }

  long freed() {
    return freed.sum();
  }

  /// Never one that an index names.
  ///
  /// @param unnamed packs that were taken out of the index since it was loaded
  void delete(Set<String> packs, Set<Integer> unnamed) {
    List<String> todo = packs.stream().filter(pack -> mayGo(pack, unnamed)).sorted().toList();
    for (int from = 0; from < todo.size(); from += BATCH) {
      prune.cancel().checkpoint();
      prune.confirm().run();
      delete(todo.subList(from, Math.min(todo.size(), from + BATCH)));
    }
  }

  private boolean mayGo(String pack, Set<Integer> unnamed) {
    int number = prune.table().number(pack);
    return prune.plan().sizes.containsKey(pack)
        && (!prune.table().visible(number) || unnamed.contains(number));
  }

  private void delete(List<String> batch) {
    Queue<String> todo = new ConcurrentLinkedQueue<>(new ArrayList<>(batch));
    Crew.together(Math.min(prune.ground().threads(), batch.size()), () -> work(todo));
  }

  private void work(Queue<String> todo) {
    for (String pack = todo.poll(); pack != null; pack = todo.poll()) {
      if (delete(FileKind.PACK, pack)) {
        deleted.increment();
        freed.add(prune.bytes(pack));
        prune.meter().add(1, prune.bytes(pack));
      }
    }
  }

  /// The lock lists last: a list without candidates is nothing, candidates without a list rest.
  void forget(Collection<CandidateFile> candidates, Collection<LockListFile> lists) {
    candidates.forEach(file -> delete(FileKind.CANDIDATES, file.name()));
    lists.forEach(list -> delete(FileKind.LOCK_LIST, list.name()));
  }

  void forget(Collection<StoreKey> files) {
    files.forEach(this::delete);
  }

  private boolean delete(FileKind kind, String name) {
    return delete(new StoreKey(kind, name));
  }

  private boolean delete(StoreKey key) {
    try {
      prune.ground().store().delete(key);
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }
}
