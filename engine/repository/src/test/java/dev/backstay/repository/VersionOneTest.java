package dev.backstay.repository;

import static dev.backstay.repository.MaintenanceSamples.duplicate;
import static dev.backstay.repository.MaintenanceSamples.files;
import static dev.backstay.repository.MaintenanceSamples.maintenance;
import static dev.backstay.repository.MaintenanceSamples.open;
import static dev.backstay.repository.MaintenanceSamples.replace;
import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.key.Keys;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.maintenance.Maintenance;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoreKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/// A repository of version 1 is read and nothing of it is changed.
@Timeout(120)
class VersionOneTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final MemoryStore store = duplicate(MaintenanceSamples.make());
  private final MasterKey key;

  VersionOneTest() {
    byte[] config = store.get(StoreKey.CONFIG);
    key =
        new Keys(store, RANDOM)
            .open(PASSWORD, master -> Config.opens(config, master, RANDOM))
            .master();
    CodecPool codecs = new CodecPool(key, RANDOM, 1);
    Config now = Config.load(store.get(StoreKey.CONFIG), store, codecs);
    byte[] one = new Config(1, now.id(), now.polynomial()).encode();
    replace(store, StoreKey.CONFIG, codecs.with(codec -> codec.seal(one)));
  }

  private static void refused(Executable work) {
    assertEquals("repository.version-1", assertThrows(UnsupportedException.class, work).code());
  }

  private List<StoreKey> all() {
    List<StoreKey> all = new ArrayList<>();
    for (FileKind kind : FileKind.values()) {
      all.addAll(files(store, kind));
    }
    return all;
  }

  @Test
  void isNotWrittenTo() {
    List<StoreKey> before = all();
    OpenRepository repository = open(store);
    Maintenance maintenance = repository.maintenance();
    refused(repository::writer);
    refused(() -> repository.plan(PruneOptions.DEFAULT, CANCEL, Meter.NONE));
    refused(() -> repository.forget(repository.snapshots().getFirst()));
    refused(maintenance::indexRepair);
    refused(maintenance::packRepair);
    refused(maintenance::snapshotRepair);
    Secret other = Secret.of("other");
    refused(() -> maintenance.keys().add(other, "", "", CANCEL));
    refused(() -> maintenance.keys().change(other, "", "", CANCEL));
    refused(() -> maintenance.keys().remove("0", CANCEL));
    refused(() -> maintenance(MaintenanceSamples.make()).copyTo(maintenance));
    assertEquals(before, all());
  }

  @Test
  void isReadAndChecked() {
    assertTrue(MaintenanceSamples.check(store).sound());
    assertEquals(1, maintenance(store).keys().list().size());
    assertEquals(List.of(), maintenance(store).locks().list());
  }

  @Test
  void isCopiedFrom() {
    MemoryStore target = new MemoryStore();
    Repository.init(target, PASSWORD, SETTINGS).close();
    var copy = maintenance(store).copyTo(maintenance(target));
    var report = copy.apply(copy.plan(SnapshotFilter.ALL, CANCEL), CANCEL, Meter.NONE);
    assertEquals(2, report.made().size());
    assertTrue(MaintenanceSamples.check(target).sound());
  }

  /// Programs that know version 1 only decompress nothing.
  @Test
  void itsLocksAreNotCompressed() {
    CodecPool codecs = new CodecPool(key, RANDOM, 1);
    try (RepositoryLock lock =
        RepositoryLock.acquire(
            store,
            new SealedFiles(store, codecs),
            SETTINGS.clock(),
            "host",
            "user",
            false,
            Duration.ZERO,
            () -> {})) {
      byte[] sealed = store.get(new StoreKey(FileKind.LOCK, lock.name()));
      byte[] plain = new byte[sealed.length - Sealer.OVERHEAD];
      new Sealer(key, RANDOM).open(sealed, 0, sealed.length, plain, 0);
      assertEquals('{', plain[0]);
    }
  }
}
