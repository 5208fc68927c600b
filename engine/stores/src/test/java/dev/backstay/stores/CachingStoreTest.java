package dev.backstay.stores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreContract;
import dev.backstay.repository.store.StoreKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract through a cache, and what the cache may and may not answer.
class CachingStoreTest extends StoreContract {

  @TempDir Path folder;

  /// Counts what gets through.
  private static final class Counted extends ForwardingStore {
    private final AtomicInteger gets = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();

    Counted(ObjectStore store) {
      super(store);
    }

    @Override
    public byte[] get(StoreKey key) {
      gets.incrementAndGet();
      return store.get(key);
    }

    @Override
    public void readTree(StoreKey key, long offset, byte[] into, int from, int length) {
      reads.incrementAndGet();
      store.readTree(key, offset, into, from, length);
    }
  }

  private final Counted far = new Counted(new MemoryStore());

  @Override
  protected ObjectStore make() {
    return open(100 << 20);
  }

  private ObjectStore open(long limit) {
    return new CachingStore(far, folder.resolve("cache"), limit, InstantSource.system());
  }

  private static byte[] random(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void indexAndSnapshotsAreFetchedOnce() {
    byte[] bytes = random(1, 5000);
    for (FileKind kind : List.of(FileKind.INDEX, FileKind.SNAPSHOT)) {
      far.put(named(kind, bytes), bytes);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(bytes, open(1 << 20).get(named(kind, bytes)));
      }
    }
    assertEquals(2, far.gets.get());
  }

  @Test
  void whatIsListedIsFetchedAheadOnce() {
    byte[] bad = random(50, 100);
    far.put(named(FileKind.INDEX, random(51, 100)), bad);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = random(i, 100);
      far.put(named(FileKind.INDEX, bytes), bytes);
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(51, store.list(FileKind.INDEX).size());
    }
    assertEquals(51, far.gets.get());
    byte[] first = random(0, 100);
    assertArrayEquals(first, store.get(named(FileKind.INDEX, first)));
    assertEquals(51, far.gets.get());
  }

  @Test
  void whatWasWrittenFromHereIsNotFetched() {
    byte[] bytes = random(1, 5000);
    store.put(named(FileKind.INDEX, bytes), bytes);
    assertArrayEquals(bytes, open(1 << 20).get(named(FileKind.INDEX, bytes)));
    assertEquals(0, far.gets.get());
  }

  @Test
  void locksKeysAndTheConfigAreNeverAnsweredFromHere() {
    byte[] bytes = random(1, 50);
    for (StoreKey key :
        List.of(named(FileKind.LOCK, bytes), named(FileKind.KEY, bytes), StoreKey.CONFIG)) {
      store.put(key, bytes);
      var _ = store.get(key);
      var _ = store.get(key);
    }
    assertEquals(6, far.gets.get());
  }

  @Test
  void whatIsDamagedHereIsFetchedAgain() throws IOException {
    byte[] bytes = random(1, 5000);
    StoreKey key = named(FileKind.INDEX, bytes);
    store.put(key, bytes);
    for (byte[] bad : new byte[][] {{}, random(2, 5000), random(2, 50)}) {
      Files.write(kept().getFirst(), bad);
      assertArrayEquals(bytes, open(1 << 20).get(key));
      assertArrayEquals(bytes, Files.readAllBytes(kept().getFirst()));
    }
  }

  @Test
  void thePackOfASecondTreeIsKeptWhole() throws IOException {
    byte[] pack = random(3, 50_000);
    StoreKey key = named(FileKind.PACK, pack);
    far.put(key, pack);
    byte[] into = new byte[100];
    for (int i = 0; i < 20; i++) {
      store.readTree(key, 1000L * i, into, 0, 100);
      assertArrayEquals(java.util.Arrays.copyOfRange(pack, 1000 * i, 1000 * i + 100), into);
    }
    assertEquals(1, far.reads.get());
    assertEquals(1, far.gets.get());
    Files.write(kept().getFirst(), random(4, 50_000));
    open(1 << 20).readTree(key, 7, into, 0, 100);
    assertArrayEquals(java.util.Arrays.copyOfRange(pack, 7, 107), into);
    assertEquals(List.of(), kept());
  }

  @Test
  void dataIsNotKept() throws IOException {
    byte[] pack = random(3, 50_000);
    store.put(named(FileKind.PACK, pack), pack);
    for (int i = 0; i < 5; i++) {
      store.read(named(FileKind.PACK, pack), 5, new byte[10], 0, 10);
    }
    assertFalse(Files.exists(folder.resolve("cache")) && !kept().isEmpty());
  }

  @Test
  void whatTheStoreLostIsForgotten() throws IOException {
    byte[] bytes = random(1, 5000);
    StoreKey key = named(FileKind.SNAPSHOT, bytes);
    store.put(key, bytes);
    far.delete(key);
    assertFalse(store.exists(key));
    assertEquals(List.of(), store.list(FileKind.SNAPSHOT));
    assertEquals(List.of(), kept());
  }

  @Test
  void itStaysBelowItsBoundAndTheOldestGoFirst() throws IOException {
    Instant old = Instant.parse("2020-01-01T00:00:00Z");
    ObjectStore small = open(1_000_000);
    byte[] first = random(100, 100_000);
    small.put(named(FileKind.INDEX, first), first);
    Files.setLastModifiedTime(kept().getFirst(), FileTime.from(old));
    for (int i = 0; i < 30; i++) {
      byte[] bytes = random(i, 100_000);
      small.put(named(FileKind.INDEX, bytes), bytes);
    }
    assertTrue(kept().size() <= 10, kept()::toString);
    assertTrue(kept().size() >= 7, kept()::toString);
    String gone = named(FileKind.INDEX, first).name();
    assertTrue(kept().stream().noneMatch(path -> path.endsWith(gone)));
  }

  @Test
  void aCacheThatCannotBeWrittenHarmsNothing() throws IOException {
    Files.writeString(folder.resolve("cache"), "a file is in the way");
    byte[] bytes = random(1, 5000);
    store.put(named(FileKind.INDEX, bytes), bytes);
    assertArrayEquals(bytes, store.get(named(FileKind.INDEX, bytes)));
    byte[] into = new byte[10];
    far.put(PACK, new byte[] {1, 2, 3});
    for (int i = 0; i < 4; i++) {
      store.readTree(PACK, 0, into, 0, 3);
    }
    assertEquals(1, far.gets.get() - 1);
  }
}
