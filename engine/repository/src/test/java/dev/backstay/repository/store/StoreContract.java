package dev.backstay.repository.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store must do. Modules with stores extend it; it is in this module's test jar.
public abstract class StoreContract {

  private static final byte[] THREE = {1, 2, 3};

  /// A pack of the bytes 1, 2, 3.
  protected static final StoreKey PACK = named(FileKind.PACK, THREE);

  private static final StoreKey CLAIM = new StoreKey(FileKind.CLAIM, "0".repeat(64));

  protected ObjectStore store;

  protected abstract ObjectStore make() throws Exception;

  /// The name that a file of these bytes has: stores may count on it.
  protected static StoreKey named(FileKind kind, byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new StoreKey(kind, HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void create() throws Exception {
    store = make();
    store.create();
    store.create();
    store.requirePlace();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void keepsWhatItWasGiven() {
    byte[] bytes = {9, 1, 2, 3, 9};
    store.put(PACK, bytes, 1, 3);
    bytes[1] = 7;
    assertArrayEquals(THREE, store.get(PACK));
    assertEquals(3, store.size(PACK));
    assertTrue(store.exists(PACK));
    byte[] into = new byte[4];
    store.read(PACK, 1, into, 1, 2);
    assertArrayEquals(new byte[] {0, 2, 3, 0}, into);
    store.readTree(PACK, 0, into, 2, 1);
    assertArrayEquals(new byte[] {0, 2, 1, 0}, into);
  }

  @Test
  void aFileThatIsTooShortIsDamaged() {
    store.put(PACK, THREE);
    byte[] into = new byte[4];
    assertThrows(DamagedException.class, () -> store.read(PACK, 2, into, 0, 2));
    assertThrows(DamagedException.class, () -> store.read(PACK, 3, into, 0, 1));
    assertThrows(DamagedException.class, () -> store.read(PACK, 9, into, 0, 1));
  }

  @Test
  void keepsLargeFiles() {
    byte[] bytes = new byte[20 << 20];
    new Random(7).nextBytes(bytes);
    StoreKey key = named(FileKind.PACK, bytes);
    store.put(key, bytes);
    assertArrayEquals(bytes, store.get(key));
    byte[] into = new byte[1 << 20];
    store.read(key, 13_000_001, into, 0, into.length);
    assertArrayEquals(Arrays.copyOfRange(bytes, 13_000_001, 13_000_001 + into.length), into);
  }

  @Test
  void writesOnce() {
    store.put(PACK, THREE);
    assertThrows(ConflictException.class, () -> store.put(PACK, THREE));
    assertArrayEquals(THREE, store.get(PACK));
    for (StoreKey key : List.of(StoreKey.CONFIG, CLAIM)) {
      store.put(key, new byte[] {1});
      assertThrows(ConflictException.class, () -> store.put(key, new byte[] {2}));
      assertArrayEquals(new byte[] {1}, store.get(key));
    }
  }

  @Test
  protected void ofManyWhoWantANameOneWins() throws Exception {
    onlyOneWins(StoreKey.CONFIG);
    assertEquals(List.of(), store.list(FileKind.CLAIM));
    for (int round = 0; round < 5; round++) {
      onlyOneWins(CLAIM);
      assertEquals(List.of(new StoredFile(CLAIM, 1)), store.list(FileKind.CLAIM));
      store.delete(CLAIM);
    }
  }

  private void onlyOneWins(StoreKey key) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        byte[] bytes = {(byte) i};
        all.add(threads.submit(() -> won(key, bytes)));
      }
      int winners = 0;
      for (Future<Boolean> one : all) {
        winners += one.get() ? 1 : 0;
      }
      assertEquals(1, winners);
    }
    assertEquals(1, store.get(key).length);
  }

  private boolean won(StoreKey key, byte[] bytes) {
    try {
      store.put(key, bytes);
      return true;
    } catch (ConflictException e) {
      return false;
    }
  }

  @Test
  void listsEachKindByItself() {
    for (FileKind kind : FileKind.values()) {
      if (kind != FileKind.CONFIG) {
        store.put(named(kind, new byte[5]), new byte[5]);
      }
    }
    store.put(named(FileKind.PACK, new byte[6]), new byte[6]);
    assertEquals(2, store.list(FileKind.PACK).size());
    assertEquals(
        List.of(new StoredFile(named(FileKind.LOCK, new byte[5]), 5)), store.list(FileKind.LOCK));
  }

  @Test
  void deletes() {
    store.put(PACK, THREE);
    store.delete(PACK);
    assertFalse(store.exists(PACK));
    assertEquals(List.of(), store.list(FileKind.PACK));
    assertThrows(NotFoundException.class, () -> store.delete(PACK));
    assertThrows(NotFoundException.class, () -> store.get(PACK));
    assertThrows(NotFoundException.class, () -> store.size(PACK));
    assertThrows(NotFoundException.class, () -> store.read(PACK, 0, new byte[1], 0, 1));
    store.put(PACK, THREE);
    assertArrayEquals(THREE, store.get(PACK));
  }

  @Test
  void deletesManyAtOnceWhateverIsGoneAlready() {
    store.put(PACK, THREE);
    StoreKey stays = named(FileKind.PACK, new byte[6]);
    store.put(stays, new byte[6]);
    store.deleteAll(List.of(PACK, named(FileKind.PACK, new byte[7]), named(FileKind.LOCK, THREE)));
    assertEquals(List.of(new StoredFile(stays, 6)), store.list(FileKind.PACK));
  }

  @Test
  void manyPutAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        byte[] bytes = ("file " + i).repeat(100).getBytes(StandardCharsets.US_ASCII);
        all.add(threads.submit(() -> store.put(named(FileKind.INDEX, bytes), bytes)));
      }
      for (Future<?> future : all) {
        future.get();
      }
    }
    assertEquals(100, store.list(FileKind.INDEX).size());
  }
}
