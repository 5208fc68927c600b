package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.add;
import static dev.backstay.repository.RepositoryTest.commit;
import static dev.backstay.repository.RepositoryTest.random;
import static dev.backstay.repository.RepositoryTest.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.FilePath;
import dev.backstay.model.LockedException;
import dev.backstay.model.Meter;
import dev.backstay.model.StorageException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.index.IndexParser;
import dev.backstay.repository.index.ParsedIndex;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotSummary;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Writers that write at the same time and what they see of each other.
class ManyWritersTest {

  private static final byte[] SHARED = random(31, 3_000_000);
  private static final byte[] OWN = random(32, 3_000_000);

  private final ObjectStore store = Stage.init();

  /// @param before happens before its packs are stored
  /// @param after happens when they are, before the snapshot is
  private Snapshot backUp(Runnable before, Runnable after) {
    OpenRepository repository = Stage.open(store);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "own", OWN);
      add(tree, writer, "shared", SHARED);
      before.run();
      writer.flush();
      after.run();
      return commit(writer, tree, null);
    }
  }

  private void holds(Snapshot snapshot) {
    OpenRepository repository = Stage.open(store);
    assertArrayEquals(OWN, read(repository, snapshot, "own"));
    assertArrayEquals(SHARED, read(repository, snapshot, "shared"));
    assertEquals(List.of(), Stage.check(store).findings());
  }

  @Test
  void whatAnotherStoredMeanwhileIsNotStoredAgain() {
    Snapshot snapshot = backUp(() -> Stage.backUp(store, Map.of("shared", SHARED)), () -> {});
    holds(snapshot);
    assertTrue(Stage.packBytes(store) < SHARED.length + OWN.length + 100_000, "stored once");
    SnapshotSummary summary = Objects.requireNonNull(snapshot.summary());
    assertTrue(summary.dataAdded() < OWN.length + 2000, "and counted once");
  }

  /// What was left out can be set aside before the snapshot is there: the last look finds it.
  @Test
  void whatWasLeftOutAndIsSetAsideComesBack() {
    Stage.backUp(store, Map.of("kept", random(33, 1000)));
    List<Snapshot> other = new ArrayList<>();
    Snapshot snapshot =
        backUp(
            () -> other.add(Stage.backUp(store, Map.of("shared", SHARED))),
            () -> {
              store.delete(new StoreKey(FileKind.SNAPSHOT, other.getFirst().id()));
              assertTrue(Stage.prune(store, Stage.AT_ONCE).packsSetAside() > 0);
            });
    Stage.prune(store, Stage.AT_ONCE);
    holds(snapshot);
  }

  /// A lock is renewed just between being listed and being read. If an exclusive one were written
  /// then, be it for a moment, a writer that commits in this moment would give up.
  @Test
  void nobodyTriesAnExclusiveLockWhileASharedOneIsRenewed() {
    Snapshot old = Stage.backUp(store, Map.of("old", OWN));
    AtomicInteger locks = new AtomicInteger();
    try (RepositoryWriter writer = Stage.open(store).writer()) {
      AtomicBoolean renewed = new AtomicBoolean();
      ObjectStore watched =
          new PassingStore(store) {
            @Override
            public byte[] get(StoreKey key) {
              if (key.kind() == FileKind.LOCK && renewed.compareAndSet(false, true)) {
                Stage.CLOCK.jump(Duration.ofMinutes(3));
                commit(writer, new TreeAssembler(writer, NodeTime.EPOCH), null);
              }
              return super.get(key);
            }

            @Override
            public void put(StoreKey key, byte[] bytes, int from, int length) {
              locks.addAndGet(key.kind() == FileKind.LOCK ? 1 : 0);
              super.put(key, bytes, from, length);
            }
          };
      OpenRepository other = Stage.open(watched);
      assertThrows(LockedException.class, () -> other.forget(old));
      assertTrue(renewed.get());
    }
    assertEquals(0, locks.get());
  }

  /// While the store takes its time, whoever writes waits for it. Whoever reads does not, and
  /// neither does an upload that looks at what others have stored.
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void slowUploadsHoldUpNobodyWhoReads() throws InterruptedException {
    Stage.backUp(store, Map.of("old", OWN));
    CountDownLatch held = new CountDownLatch(1);
    AtomicInteger puts = new AtomicInteger();
    ObjectStore slow =
        new PassingStore(store) {
          @Override
          public Turn turn(long bytes) {
            puts.incrementAndGet();
            awaitQuietly(held);
            return super.turn(bytes);
          }
        };
    OpenRepository repository = Stage.open(slow);
    AtomicLong read = new AtomicLong();
    Meter meter = (_, bytes) -> read.addAndGet(bytes);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      List<Thread> savers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        byte[] bytes = random(i, 40 << 20);
        FilePath path = FilePath.of("f" + i);
        savers.add(
            Thread.startVirtualThread(() -> {
              FileContent content = writer.saveFile(new ByteArrayInputStream(bytes), CANCEL, meter);
              Node node = Node.file("x", NodeTime.EPOCH);
              tree.add(path, node.withContent(content.blobs(), content.size()));
            }));
      }
      while (puts.get() == 0 || moves(read)) {
        Thread.onSpinWait();
      }
      assertTrue(read.get() < 160 << 20, "they wait");
      assertEquals(1, repository.snapshots().size());
      Stage.backUp(store, Map.of("other", random(34, 1000)));
      held.countDown();
      for (Thread saver : savers) {
        saver.join();
      }
      assertEquals(160 << 20, read.get());
      commit(writer, tree, null);
    }
    assertEquals(List.of(), Stage.check(store).findings());
  }

  /// One thread saves a blob and waits for room, another one is told that it is there already: a
  /// flush that did not wait for the first would leave the second one's snapshot with a hole.
  @Test
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFlushWaitsForWhatAnotherThreadIsSaving() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(1);
    MasterKey key = MasterKey.random(new SecureRandom());
    try (CodecPool codecs = new CodecPool(key, new SecureRandom(), 2);
        BlobIndex index = new BlobIndex();
        ExecutorService uploads = Executors.newSingleThreadExecutor();
        BlobSaver saver =
            new BlobSaver(store, codecs, index, key, new SecureRandom(), _ -> 0, uploads)) {
      uploads.execute(() -> awaitQuietly(held));
      AtomicLong saved = new AtomicLong();
      AtomicReference<byte[]> last = new AtomicReference<>(new byte[0]);
      Thread first =
          Thread.ofPlatform()
              .start(() -> {
                while (held.getCount() > 0) {
                  byte[] blob = random((int) saved.get(), 1 << 20);
                  last.set(blob);
                  saver.save(BlobKind.DATA, blob, 0, blob.length);
                  saved.incrementAndGet();
                }
              });
      while (saved.get() == 0 || moves(saved)) {
        Thread.onSpinWait();
      }
      byte[] shared = last.get();
      BlobSaver.Saved told = saver.save(BlobKind.DATA, shared, 0, shared.length);
      assertFalse(told.fresh());
      AtomicBoolean there = new AtomicBoolean();
      Thread flush =
          Thread.ofPlatform()
              .start(() -> {
                saver.flush();
                there.set(index.contains(BlobKind.DATA, told.id()));
              });
      // Until it has done what it does without waiting.
      flush.join(500);
      held.countDown();
      flush.join();
      first.join();
      assertTrue(there.get());
    }
  }

  private static boolean moves(AtomicLong counter) throws InterruptedException {
    long before = counter.get();
    Thread.sleep(500);
    return counter.get() != before;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aLookThatFailsDoesNoHarm() {
    AtomicInteger looks = new AtomicInteger();
    OtherWriters others =
        OtherWriters.unhurried(_ -> {
          looks.incrementAndGet();
          throw new StorageException("store.failed", "no listing", "try again");
        });
    assertEquals(0, others.look(Set.of()));
    assertEquals(1, looks.get());
  }

  @Test
  void aPackThatIsTakenForAbsentStaysSoWhenItIsNamedLater() {
    BlobId pack = new BlobId(1, 2, 3, 4);
    BlobId blob = new BlobId(5, 6, 7, 8);
    try (BlobIndex index = new BlobIndex()) {
      index.lose(Set.of(pack.hex()));
      PackEntry entry = new PackEntry(BlobKind.DATA, blob, 0, 100, 0);
      byte[] json = IndexFile.encode(List.of(new IndexedPack(pack.hex(), List.of(entry))));
      ParsedIndex named = new ParsedIndex();
      StoreKey file = new StoreKey(FileKind.INDEX, "f".repeat(64));
      IndexParser.parse(json, json.length, file, named);
      index.add(file.name(), named);
      assertFalse(index.contains(BlobKind.DATA, blob));
      index.lose(Set.of());
      assertTrue(index.contains(BlobKind.DATA, blob));
    }
  }
}
