package dev.backstay.repository.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstay.repository.fuzz.Fuzzing;

/// Snapshots, and their fields when some are changed.
class SnapshotFileFuzzTest {

  private static final String ID = "0".repeat(64);

  @FuzzTest
  void decodes(byte[] data) {
    Fuzzing.refusesOrReads(() -> {
      Snapshot snapshot = SnapshotFile.decode(data, ID);
      byte[] same = SnapshotEdit.of(data, ID).toJson();
      assertEquals(snapshot, SnapshotFile.decode(same, ID));
      byte[] other = SnapshotEdit.of(data, ID).original(ID).tree(snapshot.tree()).toJson();
      assertEquals(ID, SnapshotFile.decode(other, ID).original());
    });
  }
}
