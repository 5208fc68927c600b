package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.model.StorageException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Files of many chunks, read by many at once.
class LargeReadTest {

  private static final CancelToken CANCEL = new CancelToken();
  private static final int FILES = 12;

  private final Flaky store = new Flaky();
  private final List<byte[]> contents = new ArrayList<>();
  private final List<Node> files = new ArrayList<>();
  private OpenRepository repository;

  @BeforeEach
  void fill() {
    repository =
        Repository.init(
            store, Secret.of("x"), RepositorySettings.ofThisMachine().withScryptCost(10));
    Random random = new Random(6);
    try (RepositoryWriter writer = repository.writer()) {
      for (int i = 0; i < FILES; i++) {
        byte[] bytes = new byte[(3 << 20) + random.nextInt(9 << 20)];
        random.nextBytes(bytes);
        if (i % 3 == 0) {
          Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 'x');
        }
        contents.add(bytes);
        List<BlobId> blobs =
            writer.saveFile(new ByteArrayInputStream(bytes), CANCEL, Meter.NONE).blobs();
        files.add(Node.file("f" + i, NodeTime.EPOCH).withContent(blobs, bytes.length));
      }
      writer.flush();
    }
    store.bytes.set(0);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private byte[] read(int file) {
    return read(file, 0, Long.MAX_VALUE);
  }

  private byte[] read(int file, long offset, long length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    repository.read(files.get(file), offset, length, out, CANCEL);
    return out.toByteArray();
  }

  @Test
  void manyThreadsReadManyFiles() {
    readAll();
  }

  private void readAll() {
    IntStream.range(0, 4 * FILES)
        .parallel()
        .forEach(i -> assertArrayEquals(contents.get(i % FILES), read(i % FILES)));
  }

  @Test
  void anyPartOfAFile() {
    Random random = new Random(9);
    for (int i = 0; i < 60; i++) {
      byte[] whole = contents.get(i % FILES);
      int from = random.nextInt(whole.length);
      int length = random.nextInt(1 << random.nextInt(1, 23));
      int end = Math.min(whole.length, from + length);
      assertArrayEquals(Arrays.copyOfRange(whole, from, end), read(i % FILES, from, length));
    }
    assertEquals(0, read(0, 0, 0).length);
    assertEquals(0, read(0, contents.getFirst().length, 100).length);
  }

  @Test
  void whatNobodyAskedForIsNotFetched() {
    read(0, 10, 100);
    long first = repository.sizeOf(files.getFirst().content().getFirst());
    assertTrue(store.bytes.get() <= first + 100, store.bytes + " bytes");
  }

  /// Nobody reads on, and still each gets its bytes: a reader that rests holds up no other.
  @Test
  void openStreamsDoNotWaitForEachOther() throws IOException {
    List<InputStream> streams = new ArrayList<>();
    for (int i = 0; i < 5 * FILES; i++) {
      InputStream stream = repository.open(files.get(i % FILES));
      assertEquals(contents.get(i % FILES)[0] & 0xff, stream.read());
      streams.add(stream);
    }
    for (int i = streams.size() - 1; i >= 0; i--) {
      try (InputStream stream = streams.get(i)) {
        byte[] whole = contents.get(i % FILES);
        assertArrayEquals(Arrays.copyOfRange(whole, 1, whole.length), stream.readAllBytes());
      }
    }
  }

  @Test
  void streamsThatAreLeftHalfWayLeaveNothingBehind() throws IOException {
    for (int i = 0; i < 300; i++) {
      InputStream stream = repository.open(files.get(i % FILES));
      assertEquals(contents.get(i % FILES)[0] & 0xff, stream.read());
      stream.close();
      assertEquals(-1, stream.read());
    }
    readAll();
  }

  @Test
  void whatCameDamagedIsAskedForOnceMore() {
    store.damagingFirst = true;
    for (int i = 0; i < FILES; i++) {
      assertArrayEquals(contents.get(i), read(i));
    }
    assertTrue(store.damaged.get() > FILES, store.damaged + " reads");
  }

  @Test
  void whatStaysDamagedIsNamed() {
    store.damagingAll = true;
    DamagedException error = assertThrows(DamagedException.class, () -> read(0));
    assertEquals("repository.blob-lost", error.code());
    store.damagingAll = false;
    assertArrayEquals(contents.getFirst(), read(0));
  }

  @Test
  void aStoreThatFailsIsHeard() {
    store.failing = true;
    for (int i = 0; i < 30; i++) {
      int file = i % FILES;
      assertEquals("test.down", assertThrows(StorageException.class, () -> read(file)).code());
    }
    store.failing = false;
    readAll();
  }

  /// Does to packs what wires and disks do.
  private static final class Flaky extends PassingStore {
    private final ConcurrentHashMap<String, Boolean> seen = new ConcurrentHashMap<>();
    private final AtomicInteger damaged = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean damagingFirst;
    private volatile boolean damagingAll;
    private volatile boolean failing;

    Flaky() {
      super(new MemoryStore());
    }

    @Override
    public void read(StoreKey key, long offset, byte[] into, int from, int length) {
      if (failing && key.kind() == FileKind.PACK) {
        throw new StorageException("test.down", "the store is down", "");
      }
      super.read(key, offset, into, from, length);
      bytes.addAndGet(length);
      boolean first = seen.putIfAbsent(key.name() + "@" + offset, true) == null;
      if (key.kind() == FileKind.PACK && (damagingAll || (damagingFirst && first))) {
        into[from + length / 2] ^= 1;
        damaged.incrementAndGet();
      }
    }
  }
}
