package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.Meter;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.stats.CountMode;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.StoreKey;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A store to which the way is long is not asked for each folder.
class TreeReadsTest {

  private static final int FOLDERS = 400;
  private static final int FEW = FOLDERS / 8;

  private final AtomicInteger reads = new AtomicInteger();
  private final PassingStore store =
      new PassingStore(new MemoryStore()) {
        @Override
        public void read(StoreKey key, long offset, byte[] into, int from, int length) {
          if (key.kind() == FileKind.PACK) {
            reads.incrementAndGet();
          }
          super.read(key, offset, into, from, length);
        }
      };

  @BeforeEach
  void fill() {
    Repository.init(store, PASSWORD, SETTINGS).close();
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < FOLDERS; i++) {
      files.put(String.format("d%03d/f", i), ("x" + i).getBytes(StandardCharsets.UTF_8));
    }
    MaintenanceSamples.backUp(store, files, "first");
    reads.set(0);
  }

  private void readsFew() {
    assertTrue(reads.get() < FEW, reads + " requests");
  }

  @Test
  void check() {
    CheckReport report =
        MaintenanceSamples.open(store).check(new CheckOptions(false), CANCEL, Meter.NONE);
    assertTrue(report.sound(), () -> report.findings().toString());
    assertEquals(FOLDERS + 1, report.trees());
    readsFew();
  }

  @Test
  void statistics() {
    var statistics = MaintenanceSamples.open(store).maintenance().statistics();
    for (CountMode mode : CountMode.values()) {
      reads.set(0);
      statistics.count(mode, SnapshotFilter.ALL, CANCEL, Meter.NONE);
      readsFew();
    }
    reads.set(0);
    statistics.usage(SnapshotFilter.ALL, CANCEL, Meter.NONE);
    readsFew();
  }
}
