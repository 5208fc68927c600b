package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.DamagedException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoreCapabilities;
import dev.backstay.repository.store.StoreKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files of many chunks, read by many at once from a store to which the way is long.
@Timeout(120)
class LargeReadTest {

  private static final int FILES = 12;

  private final Flaky store = new Flaky(connections());
  private SavedFiles files;

  /// How many calls at once the store is glad of.
  int connections() {
    return 8;
  }

  @BeforeEach
  void fill() {
    Random random = new Random(6);
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = new byte[(3 << 20) + random.nextInt(9 << 20)];
      random.nextBytes(bytes);
      if (i % 3 == 0) {
        Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 'x');
      }
      contents.add(bytes);
    }
    files = new SavedFiles(store, contents);
    store.bytes.set(0);
    store.reads.set(0);
  }

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  void manyThreadsReadManyFiles() {
    readAll();
  }

  private void readAll() {
    IntStream.range(0, 4 * FILES).parallel().forEach(i -> files.isRight(i % FILES));
  }

  @Test
  void anyPartOfAFile() {
    Random random = new Random(9);
    for (int i = 0; i < 60; i++) {
      byte[] whole = files.content(i % FILES);
      int from = random.nextInt(whole.length);
      int length = random.nextInt(1 << random.nextInt(1, 23));
      int end = Math.min(whole.length, from + length);
      assertArrayEquals(Arrays.copyOfRange(whole, from, end), files.read(i % FILES, from, length));
    }
    assertEquals(0, files.read(0, 0, 0).length);
    assertEquals(0, files.read(0, files.content(0).length, 100).length);
  }

  /// From afar, those of a file that lie side by side come together.
  @Test
  void asManyRequestsAsTheWayIsWorth() {
    int blobs = 0;
    for (int i = 0; i < FILES; i++) {
      files.isRight(i);
      blobs += files.node(i).content().size();
    }
    int reads = store.reads.get();
    if (connections() > 1) {
      assertTrue(reads <= 2 * blobs / 3, reads + " requests for " + blobs + " blobs");
    } else {
      assertTrue(reads <= blobs && reads >= blobs - FILES, reads + " requests for " + blobs);
    }
  }

  @Test
  void whatNobodyAskedForIsNotFetched() {
    files.read(0, 10, 100);
    long first = files.repository().sizeOf(files.node(0).content().getFirst());
    assertTrue(store.bytes.get() <= first + 100, store.bytes + " bytes");
  }

  /// Nobody reads on, and still each gets its bytes: a reader that rests holds up no other.
  @Test
  void openStreamsDoNotWaitForEachOther() throws IOException {
    List<InputStream> streams = new ArrayList<>();
    for (int i = 0; i < 5 * FILES; i++) {
      InputStream stream = files.repository().open(files.node(i % FILES));
      assertEquals(files.content(i % FILES)[0] & 0xff, stream.read());
      streams.add(stream);
    }
    for (int i = streams.size() - 1; i >= 0; i--) {
      try (InputStream stream = streams.get(i)) {
        byte[] whole = files.content(i % FILES);
        assertArrayEquals(Arrays.copyOfRange(whole, 1, whole.length), stream.readAllBytes());
      }
    }
  }

  @Test
  void streamsThatAreLeftHalfWayLeaveNothingBehind() throws IOException {
    for (int i = 0; i < 300; i++) {
      InputStream stream = files.repository().open(files.node(i % FILES));
      assertEquals(files.content(i % FILES)[0] & 0xff, stream.read());
      stream.close();
      assertEquals(-1, stream.read());
    }
    readAll();
  }

  /// Its array is another file's as soon as it is given back.
  @Test
  void aStreamThatIsClosedWhileItIsReadSpoilsNoOther() throws Exception {
    for (int round = 0; round < 20; round++) {
      InputStream stream = files.repository().open(files.node(round % FILES));
      AtomicReference<Throwable> wrong = new AtomicReference<>();
      byte[] whole = files.content(round % FILES);
      Thread reader =
          Thread.ofPlatform()
              .start(() -> {
                try {
                  byte[] read = stream.readAllBytes();
                  assertArrayEquals(Arrays.copyOf(whole, read.length), read);
                } catch (IOException | AssertionError e) {
                  wrong.set(e);
                }
              });
      stream.close();
      IntStream.range(0, FILES).parallel().forEach(files::isRight);
      reader.join();
      assertNull(wrong.get());
    }
  }

  @Test
  void whatCameDamagedIsAskedForOnceMore() {
    store.damagingFirst = true;
    for (int i = 0; i < FILES; i++) {
      files.isRight(i);
    }
    assertTrue(store.damaged.get() > FILES, store.damaged + " reads");
  }

  @Test
  void whatStaysDamagedIsNamed() {
    store.damagingAll = true;
    DamagedException error = assertThrows(DamagedException.class, () -> files.read(0));
    assertEquals("repository.blob-lost", error.code());
    store.damagingAll = false;
    files.isRight(0);
  }

  @Test
  void aStoreThatFailsIsHeard() {
    store.failing = true;
    for (int i = 0; i < 30; i++) {
      int file = i % FILES;
      assertEquals(
          "test.down", assertThrows(StorageException.class, () -> files.read(file)).code());
    }
    store.failing = false;
    readAll();
  }

  /// Does to packs what wires and disks do.
  private static final class Flaky extends PassingStore {
    private final ConcurrentHashMap<String, Boolean> seen = new ConcurrentHashMap<>();
    private final AtomicInteger damaged = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();
    private final int connections;
    private volatile boolean damagingFirst;
    private volatile boolean damagingAll;
    private volatile boolean failing;

    Flaky(int connections) {
      super(new MemoryStore());
      this.connections = connections;
    }

    @Override
    public StoreCapabilities capabilities() {
      return new StoreCapabilities(true, connections);
    }

    @Override
    public void read(StoreKey key, long offset, byte[] into, int from, int length) {
      if (failing && key.kind() == FileKind.PACK) {
        throw new StorageException("test.down", "the store is down", "");
      }
      super.read(key, offset, into, from, length);
      bytes.addAndGet(length);
      reads.incrementAndGet();
      boolean first = seen.putIfAbsent(key.name() + "@" + offset, true) == null;
      if (key.kind() == FileKind.PACK && (damagingAll || (damagingFirst && first))) {
        into[from + length / 2] ^= 1;
        damaged.incrementAndGet();
      }
    }
  }
}
