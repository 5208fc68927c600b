package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.forget.DatedSnapshot;
import dev.backstay.repository.forget.ForgetPlan;
import dev.backstay.repository.forget.ForgetPlanner;
import dev.backstay.repository.forget.ForgetRequest;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFile;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Plans and does what a forget is about: snapshot files, and nothing else.
final class Forgetting {

  private final ObjectStore store;
  private final SealedFiles files;
  private final InstantSource clock;
  private final FoundDamage damage;

  Forgetting(ObjectStore store, SealedFiles files, InstantSource clock, FoundDamage damage) {
    this.store = store;
    this.files = files;
    this.clock = clock;
    this.damage = damage;
  }

  /// @param find a snapshot by the beginning of its id
  ForgetPlan plan(ForgetRequest request, Function<String, Snapshot> find) {
    Set<String> named =
        request.named().stream().map(find).map(Snapshot::id).collect(Collectors.toSet());
    return ForgetPlanner.plan(request, snapshots(), named, clock.instant());
  }

  private List<DatedSnapshot> snapshots() {
    List<DatedSnapshot> all = new ArrayList<>();
    for (StoredFile file : store.list(FileKind.SNAPSHOT)) {
      try {
        byte[] json = files.load(file.key());
        String id = file.key().name();
        all.add(
            new DatedSnapshot(SnapshotFile.decode(json, id), SnapshotFile.offsetMinutes(json, id)));
      } catch (NotFoundException e) {
        // Forgotten since it was listed.
      } catch (DamagedException e) {
        // No policy can say anything about it: it stays.
        damage.add(file.key(), e);
      }
    }
    return all;
  }

  int apply(ForgetPlan plan, Supplier<RepositoryLock> exclusive, CancelToken cancel, Meter meter) {
    int deleted = 0;
    try (RepositoryLock held = exclusive.get()) {
      ForgetPlanner.confirm(plan, ids());
      held.confirm();
      for (Snapshot snapshot : plan.removed()) {
        cancel.checkpoint();
        deleted += delete(snapshot);
        meter.add(1, 0);
      }
    }
    return deleted;
  }

  private Set<String> ids() {
    return store.list(FileKind.SNAPSHOT).stream()
        .map(file -> file.key().name())
        .collect(Collectors.toSet());
  }

  private int delete(Snapshot snapshot) {
    try {
      store.delete(new StoreKey(FileKind.SNAPSHOT, snapshot.id()));
      return 1;
    } catch (NotFoundException e) {
      return 0;
    }
  }
}
