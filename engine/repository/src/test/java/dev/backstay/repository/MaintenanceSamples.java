package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static dev.backstay.repository.RepositoryTest.add;
import static dev.backstay.repository.RepositoryTest.random;

import dev.backstay.model.EngineException;
import dev.backstay.model.Meter;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.maintenance.Maintenance;
import dev.backstay.repository.repair.IndexRepair;
import dev.backstay.repository.repair.PackRepair;
import dev.backstay.repository.repair.SnapshotRepair;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.NodeTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A repository with two snapshots of some files, and ways to look at it.
final class MaintenanceSamples {

  static final Map<String, byte[]> FIRST = new LinkedHashMap<>();
  static final Map<String, byte[]> SECOND = new LinkedHashMap<>();

  static {
    FIRST.put("a", random(31, 900_000));
    FIRST.put("d/b", random(32, 2_700_000));
    FIRST.put("d/e/c", "small".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    SECOND.putAll(FIRST);
    SECOND.put("f", random(33, 1_200_000));
    SECOND.put("d/e/g", random(34, 300_000));
  }

  private MaintenanceSamples() {}

  static Map<String, byte[]> of(Snapshot snapshot) {
    return snapshot.tags().contains("second") ? SECOND : FIRST;
  }

  static MemoryStore make() {
    MemoryStore store = new MemoryStore();
    Repository.init(store, PASSWORD, SETTINGS).close();
    backUp(store, FIRST, "first");
    backUp(store, SECOND, "second");
    return store;
  }

  static Snapshot backUp(ObjectStore store, Map<String, byte[]> files, String tag) {
    OpenRepository repository = open(store);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      files.forEach((path, bytes) -> add(tree, writer, path, bytes));
      return writer.commit(
          new dev.backstay.repository.snapshot.SnapshotDraft(
              java.time.Instant.parse("2026-11-23T10:00:00Z").plusSeconds(tag.length()),
              tree.finish(),
              List.of("/data"),
              "host",
              "user",
              List.of(),
              List.of(tag),
              null,
              dev.backstay.repository.snapshot.FileCounts.NONE));
    }
  }

  /// Never closed: that would close nothing but threads that nobody started.
  static OpenRepository open(ObjectStore store) {
    return Repository.open(store, PASSWORD, SETTINGS);
  }

  /// Without locks: another test may just be looking at the original.
  static MemoryStore duplicate(MemoryStore store) {
    MemoryStore copy = new MemoryStore();
    for (FileKind kind : FileKind.values()) {
      if (kind == FileKind.CONFIG) {
        copy.put(StoreKey.CONFIG, store.get(StoreKey.CONFIG));
      } else if (kind != FileKind.LOCK) {
        store.list(kind).forEach(file -> copy.put(file.key(), store.get(file.key())));
      }
    }
    return copy;
  }

  static List<StoreKey> files(ObjectStore store, FileKind... kinds) {
    List<StoreKey> keys = new ArrayList<>();
    for (FileKind kind : kinds) {
      if (kind == FileKind.CONFIG) {
        keys.add(StoreKey.CONFIG);
      } else {
        store.list(kind).stream()
            .map(StoredFile::key)
            .sorted(java.util.Comparator.comparing(StoreKey::name))
            .forEach(keys::add);
      }
    }
    return keys;
  }

  static void replace(ObjectStore store, StoreKey key, byte[] bytes) {
    store.delete(key);
    store.put(key, bytes);
  }

  static CheckReport check(ObjectStore store) {
    return open(store).check(new CheckOptions(true), CANCEL, Meter.NONE);
  }

  /// Every file of every snapshot that is listed: right, or an error with a remedy.
  ///
  /// @return how many were right
  static int rightOrRefused(ObjectStore store) {
    OpenRepository repository = open(store);
    int right = 0;
    for (Snapshot snapshot : repository.snapshots()) {
      for (Map.Entry<String, byte[]> file : of(snapshot).entrySet()) {
        right += rightOrRefused(repository, snapshot, file.getKey(), file.getValue()) ? 1 : 0;
      }
    }
    return right;
  }

  private static boolean rightOrRefused(
      OpenRepository repository, Snapshot snapshot, String path, byte[] wanted) {
    try {
      byte[] read = RepositoryTest.read(repository, snapshot, path);
      // A repaired snapshot says that it is one: it names the one that it was.
      if (!Arrays.equals(wanted, read) && snapshot.original() == null) {
        throw new AssertionError(path + " of " + snapshot.tags() + " is silently wrong");
      }
      return Arrays.equals(wanted, read);
    } catch (EngineException e) {
      if (e.remedy().isEmpty()) {
        throw new AssertionError("no remedy", e);
      }
      return false;
    }
  }

  /// Index, packs, snapshots: what a user runs whom a check told to.
  static void repairAll(ObjectStore store) {
    repairIndex(store, true);
    repairPacks(store);
    repairSnapshots(store, true);
  }

  static boolean repairIndex(ObjectStore store, boolean readAll) {
    IndexRepair repair = maintenance(store).indexRepair();
    var plan = repair.plan(readAll, CANCEL, Meter.NONE);
    repair.apply(plan, CANCEL, Meter.NONE);
    return !plan.isEmpty();
  }

  static boolean repairPacks(ObjectStore store) {
    PackRepair repair = maintenance(store).packRepair();
    var plan = repair.plan(List.of(), CANCEL, Meter.NONE);
    repair.apply(plan, PackRepair.Keep.NOTHING, CANCEL, Meter.NONE);
    return !plan.isEmpty();
  }

  static boolean repairSnapshots(ObjectStore store, boolean forget) {
    SnapshotRepair repair = maintenance(store).snapshotRepair();
    var plan = repair.plan(SnapshotFilter.ALL, forget, CANCEL, Meter.NONE);
    repair.apply(plan, CANCEL, Meter.NONE);
    return !plan.isEmpty();
  }

  static Maintenance maintenance(ObjectStore store) {
    return open(store).maintenance();
  }
}
