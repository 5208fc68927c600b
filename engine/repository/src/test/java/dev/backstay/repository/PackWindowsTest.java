package dev.backstay.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.DamagedException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.PackWindows;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackWindowsTest {

  private static final int FILES = 3000;

  private final CountingStore store = new CountingStore();
  private SavedFiles files;

  @BeforeEach
  void fill() {
    Random random = new Random(4);
    List<byte[]> contents = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      byte[] bytes = new byte[random.nextInt(i % 50 == 0 ? 200_000 : 4000) + 1];
      random.nextBytes(bytes);
      contents.add(bytes);
    }
    files = new SavedFiles(store, contents);
    store.reads.set(0);
  }

  @AfterEach
  void close() {
    files.close();
  }

  @Test
  void neighboursCostFewRequests() {
    for (int i = 0; i < FILES; i++) {
      files.isRight(i);
    }
    assertTrue(store.reads.get() < FILES / 10, store.reads + " requests");
  }

  @Test
  void manyThreadsGetWhatTheyAskFor() {
    IntStream.range(0, FILES).parallel().forEach(files::isRight);
  }

  /// The store says that it is glad of four calls at once.
  @Test
  void whatFollowsIsFetchedAhead() {
    for (int i = 0; i < FILES; i++) {
      files.isRight(i);
    }
    int ahead = store.ahead.get();
    assertTrue(ahead > 3, ahead + " windows");
    // Each once: whoever comes to it finds it.
    assertTrue(store.reads.get() < FILES / 10, store.reads + " requests");
  }

  @Test
  void nothingIsFetchedAheadOfScatteredReads() {
    for (int i = 0; i < FILES; i += 500) {
      files.isRight(i);
    }
    assertEquals(0, store.ahead.get());
  }

  @Test
  void whatCouldNotBeFetchedAheadIsAskedForAgain() {
    store.failingAhead = true;
    for (int i = 0; i < FILES; i++) {
      files.isRight(i);
    }
    assertTrue(store.ahead.get() > 0);
  }

  @Test
  void oneReadCostsOneRequestOfItsOwnSize() {
    int small = 7;
    files.isRight(small);
    assertEquals(1, store.reads.get());
    assertTrue(store.longest.get() < 5000, store.longest + " bytes");
  }

  /// A window that came damaged over the wire is not believed: the blob is asked for once more.
  @Test
  void aDamagedWindowIsNotTheLastWord() {
    store.damaging = true;
    for (int i = 0; i < 200; i++) {
      files.isRight(i);
    }
  }

  @Test
  void aShortenedPackLosesOnlyWhatIsGone() {
    store.shortened = true;
    int lost = 0;
    for (int i = 0; i < FILES; i++) {
      int file = i;
      if (store.wasCut(files.repository(), files.node(i))) {
        assertThrows(DamagedException.class, () -> files.read(file));
        lost++;
      } else {
        files.isRight(i);
      }
    }
    assertTrue(lost > 0 && lost < FILES, lost + " lost");
  }

  /// Two small blobs side by side in each of many windows.
  @Test
  void windowsOfWhichLittleIsWantedAreGivenUp() {
    int packs = 2000;
    int blob = 1000;
    Map<String, Long> sizes =
        IntStream.range(0, packs).boxed().collect(Collectors.toMap(i -> "p" + i, _ -> 1L << 20));
    AtomicLong fetched = new AtomicLong();
    ObjectStore vast =
        new PassingStore(new MemoryStore()) {
          @Override
          public void read(StoreKey key, long offset, byte[] into, int from, int length) {
            fetched.addAndGet(length);
          }
        };
    PackWindows windows = PackWindows.of(vast, () -> sizes);
    for (int i = 0; i < packs; i++) {
      windows.read(new BlobPlace("p" + i, 0, blob, 0), new byte[blob]);
      windows.read(new BlobPlace("p" + i, blob, blob, 0), new byte[blob]);
    }
    long wanted = 2L * packs * blob;
    assertTrue(fetched.get() > 32L << 20, fetched + " bytes");
    assertTrue(fetched.get() < (34L << 20) + 17 * wanted, fetched + " bytes");
  }

  /// Counts what is read of packs, and does to it what wires and disks do.
  private static final class CountingStore extends PassingStore {
    private static final long END = 3 << 20;

    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger longest = new AtomicInteger();
    private final AtomicInteger ahead = new AtomicInteger();
    private volatile boolean damaging;
    private volatile boolean failingAhead;
    private volatile boolean shortened;

    CountingStore() {
      super(new MemoryStore());
    }

    boolean wasCut(OpenRepository repository, Node file) {
      UnlockedRepository open = (UnlockedRepository) repository;
      return file.content().stream()
          .map(open::place)
          .anyMatch(place -> place.offset() + place.length() > END);
    }

    @Override
    public void read(StoreKey key, long offset, byte[] into, int from, int length) {
      if (shortened && key.kind() == FileKind.PACK && offset + length > END) {
        throw new DamagedException("test.short", "the pack is cut off", "");
      }
      if (Thread.currentThread().getName().startsWith("ahead-")) {
        ahead.incrementAndGet();
        if (failingAhead) {
          throw new StorageException("test.down", "not now", "");
        }
      }
      super.read(key, offset, into, from, length);
      reads.incrementAndGet();
      longest.accumulateAndGet(length, Math::max);
      if (damaging && length > 250_000) {
        for (int i = from; i < from + length; i += 100) {
          into[i] ^= 1;
        }
      }
    }
  }
}
