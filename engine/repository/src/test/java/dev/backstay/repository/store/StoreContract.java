package dev.backstay.repository.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store must do.
abstract class StoreContract {

  static final StoreKey PACK = new StoreKey(FileKind.PACK, "ab".repeat(32));

  ObjectStore store;

  abstract ObjectStore make();

  @BeforeEach
  void create() {
    store = make();
    store.create();
    store.create();
  }

  @Test
  void keepsWhatItWasGiven() {
    byte[] bytes = {9, 1, 2, 3, 9};
    store.put(PACK, bytes, 1, 3);
    bytes[1] = 7;
    assertArrayEquals(new byte[] {1, 2, 3}, store.get(PACK));
    assertEquals(3, store.size(PACK));
    assertTrue(store.exists(PACK));
    byte[] into = new byte[4];
    store.read(PACK, 1, into, 1, 2);
    assertArrayEquals(new byte[] {0, 2, 3, 0}, into);
    assertThrows(DamagedException.class, () -> store.read(PACK, 2, into, 0, 2));
  }

  @Test
  void writesOnce() {
    StoreKey claim = new StoreKey(FileKind.CLAIM, "0".repeat(64));
    for (StoreKey key : List.of(PACK, StoreKey.CONFIG, claim)) {
      store.put(key, new byte[] {1});
      assertThrows(ConflictException.class, () -> store.put(key, new byte[] {2}));
      assertArrayEquals(new byte[] {1}, store.get(key));
    }
  }

  @Test
  void listsEachKindByItself() {
    for (FileKind kind : FileKind.values()) {
      if (kind != FileKind.CONFIG) {
        store.put(new StoreKey(kind, "cd".repeat(32)), new byte[5]);
      }
    }
    store.put(new StoreKey(FileKind.PACK, "ef".repeat(32)), new byte[6]);
    assertEquals(2, store.list(FileKind.PACK).size());
    assertEquals(
        List.of(new StoredFile(new StoreKey(FileKind.LOCK, "cd".repeat(32)), 5)),
        store.list(FileKind.LOCK));
  }

  @Test
  void deletes() {
    store.put(PACK, new byte[1]);
    store.delete(PACK);
    assertFalse(store.exists(PACK));
    assertEquals(List.of(), store.list(FileKind.PACK));
    assertThrows(NotFoundException.class, () -> store.delete(PACK));
    assertThrows(NotFoundException.class, () -> store.get(PACK));
    assertThrows(NotFoundException.class, () -> store.size(PACK));
    assertThrows(NotFoundException.class, () -> store.read(PACK, 0, new byte[1], 0, 1));
  }

  @Test
  void oneOfManyGetsAContestedName() throws Exception {
    StoreKey claim = new StoreKey(FileKind.CLAIM, "0".repeat(64));
    assertEquals(List.of(), store.list(FileKind.CLAIM));
    for (int round = 0; round < 20; round++) {
      AtomicInteger winners = new AtomicInteger();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (int i = 0; i < 10; i++) {
          byte[] bytes = {(byte) i};
          threads.submit(() -> {
            store.put(claim, bytes);
            return winners.incrementAndGet();
          });
        }
      }
      assertEquals(1, winners.get());
      store.delete(claim);
    }
  }

  @Test
  void manyPutAtOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new java.util.ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String name = String.format("%064x", i);
        all.add(
            threads.submit(() -> store.put(new StoreKey(FileKind.INDEX, name), new byte[2000])));
      }
      for (Future<?> future : all) {
        future.get();
      }
    }
    assertEquals(100, store.list(FileKind.INDEX).size());
  }
}
