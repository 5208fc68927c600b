package dev.backstay.repository;

import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.add;
import static dev.backstay.repository.RepositoryTest.commit;
import static dev.backstay.repository.RepositoryTest.random;
import static dev.backstay.repository.RepositoryTest.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.EngineException;
import dev.backstay.model.Meter;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.forget.ForgetPolicy;
import dev.backstay.repository.forget.ForgetRequest;
import dev.backstay.repository.forget.KeepPeriod;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.peer.Peer.Run;
import dev.backstay.repository.prune.MaxUnused;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.tree.NodeTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The plug is pulled after every single change that backup, forget, prune and the rewriting of the
/// index make to the store; then once more with that change torn. After each: the repository opens,
/// the check finds nothing lost, every committed snapshot reads as it was, and the work can be done
/// to its end. A build that commits in a wrong order must fail here, which is tested too.
@Timeout(600)
class MaintenanceCrashTest {

  private static final byte[] ONE = random(21, 40_000);
  private static final byte[] TWO = random(22, 40_000);
  private static final byte[] THREE = random(23, 40_000);
  private static final byte[] FOUR = random(24, 40_000);
  private static final PruneOptions ALL = Stage.AT_ONCE.withMaxUnused(MaxUnused.NONE);
  private static final PruneOptions ALONE = ALL.withExclusive(true);
  private static final Peer RESTIC = Peer.restic();
  private static final int MOST = 400;
  private static final int SAMPLE = 9;

  @TempDir Path work;

  private final ObjectStore base = Stage.init();
  private final Snapshot kept = withSomethingToPrune(base);
  private static final String BESIDE = "prune beside a writer";

  private int points;
  private int restics;

  /// A pack that is partly needed, one that is not, one that is in no index, and a snapshot.
  private static Snapshot withSomethingToPrune(ObjectStore base) {
    Snapshot first = Stage.backUp(base, Map.of("one", ONE, "two", TWO));
    Snapshot kept = Stage.backUp(base, Map.of("two", TWO, "three", THREE));
    Snapshot last = Stage.backUp(base, Map.of("four", FOUR));
    Stage.open(base).forget(first);
    Stage.open(base).forget(last);
    byte[] stray = random(25, 500);
    base.put(
        new StoreKey(FileKind.PACK, dev.backstay.repository.pack.SealedFiles.id(stray)), stray);
    return kept;
  }

  private static void backUp(ObjectStore store) {
    Stage.backUp(store, Map.of("one", ONE, "five", random(26, 40_000)));
  }

  /// The lock is not new any more when the snapshot is about to be written, so it is renewed.
  private static void backUpSlowly(ObjectStore store) {
    try (RepositoryWriter writer = Stage.open(store).writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "one", ONE);
      Stage.CLOCK.jump(Duration.ofMinutes(3));
      commit(writer, tree, null);
    }
  }

  private static void forget(ObjectStore store) {
    OpenRepository repository = Stage.open(store);
    ForgetRequest request =
        ForgetRequest.of(
            ForgetPolicy.NONE.keepTags(List.of(List.of("k=v"))).keep(KeepPeriod.LAST, 1));
    repository.apply(repository.plan(request), CANCEL, Meter.NONE);
    repository.forget(Stage.open(store).snapshot(extra(store)));
  }

  private static String extra(ObjectStore store) {
    return Stage.backUp(store, Map.of("extra", FOUR)).id();
  }

  /// A prune sets aside what a writer relies on, which then heals its snapshot.
  private static void pruneBesideAWriter(ObjectStore store) {
    OpenRepository repository = Stage.open(store);
    try (RepositoryWriter writer = repository.writer()) {
      TreeAssembler tree = new TreeAssembler(writer, NodeTime.EPOCH);
      add(tree, writer, "one", ONE);
      Stage.prune(store, ALL);
      Stage.CLOCK.jump(Duration.ofMinutes(3));
      commit(writer, tree, null);
    }
    Stage.prune(store, ALL);
  }

  private static void pruneInTwoPhases(ObjectStore store) {
    Stage.prune(store, ALL);
    Stage.prune(store, ALL);
  }

  @Test
  void everyCutOfEverythingIsSurvived() {
    matrix("backup", MaintenanceCrashTest::backUp, UnaryOperator.identity());
    matrix("slow backup", MaintenanceCrashTest::backUpSlowly, UnaryOperator.identity());
    matrix("forget", MaintenanceCrashTest::forget, UnaryOperator.identity());
    matrix("prune alone", store -> Stage.prune(store, ALONE), UnaryOperator.identity());
    matrix("prune in two phases", MaintenanceCrashTest::pruneInTwoPhases, UnaryOperator.identity());
    matrix(BESIDE, MaintenanceCrashTest::pruneBesideAWriter, UnaryOperator.identity());
    System.out.println("crash points: " + points + ", of them checked by restic: " + restics);
    assertTrue(points > 200, () -> "only " + points);
  }

  @Test
  void aSnapshotBeforeItsIndexIsFound() {
    fails(MaintenanceCrashTest::backUp, SnapshotFirst::new);
  }

  @Test
  void packsDeletedBeforeTheirIndexAreFound() {
    fails(store -> Stage.prune(store, ALONE), PacksFirst::new);
  }

  private void fails(Consumer<ObjectStore> work, UnaryOperator<ObjectStore> wrong) {
    boolean found = false;
    try {
      matrix("wrong order", work, wrong);
    } catch (AssertionError | EngineException e) {
      found = true;
    }
    assertTrue(found, "a wrong order of commits must not pass");
  }

  /// @param reorder stands between the work and the plug
  private void matrix(String name, Consumer<ObjectStore> work, UnaryOperator<ObjectStore> reorder) {
    for (boolean torn : new boolean[] {false, true}) {
      boolean done = false;
      int last = 0;
      for (; !done; last++) {
        assertTrue(last < MOST, "it ends");
        ObjectStore store = Stage.copy(base, new MemoryStore());
        FailingStore failing = new FailingStore(store, last, torn);
        try {
          work.accept(reorder.apply(failing));
          done = failing.changes() <= last;
        } catch (EngineException e) {
          assertEquals("store.failed", e.code(), name + " " + last);
        }
        survived(name + (torn ? ", torn " : ", cut ") + last, store, work);
      }
      System.out.println(name + (torn ? ", torn: " : ": ") + last + " points");
      points += last;
    }
  }

  private void survived(String where, ObjectStore store, Consumer<ObjectStore> work) {
    Stage.unlock(store);
    whole(where, store);
    // All of those where a snapshot needs what was set aside: stock restic must find it too.
    if (points % SAMPLE == 0 || where.startsWith(BESIDE)) {
      resticChecks(where, store);
    }
    points++;
    work.accept(store);
    Stage.unlock(store);
    whole(where + ", repeated", store);
    Stage.prune(store, ALONE);
    whole(where + ", pruned", store);
    CheckReport report = Stage.check(store);
    assertEquals(List.of(), report.findings(), where);
    assertFalse(store.exists(new StoreKey(FileKind.CLAIM, "0".repeat(64))), where);
    points--;
  }

  private void whole(String where, ObjectStore store) {
    CheckReport report = Stage.check(store);
    assertTrue(report.sound(), () -> where + ": " + report.findings());
    OpenRepository repository = Stage.open(store);
    assertArrayEquals(TWO, read(repository, kept, "two"), where);
    assertArrayEquals(THREE, read(repository, kept, "three"), where);
    for (Snapshot snapshot : repository.snapshots()) {
      repository
          .tree(snapshot.tree())
          .forEach(node -> read(repository, snapshot, node.name().toString()));
    }
  }

  private void resticChecks(String where, ObjectStore store) {
    if (!RESTIC.isThere()) {
      return;
    }
    Path place = work.resolve("restic-" + restics);
    Stage.copy(store, new LocalStore(place));
    Run run = RESTIC.run(place, "geheim", "--no-lock", "check", "--read-data");
    assertEquals(0, run.status(), () -> where + "\n" + run.out() + run.errors());
    restics++;
  }

  /// Holds index files back until a snapshot is written: a build that commits too early.
  private static final class SnapshotFirst extends Reordering {
    SnapshotFirst(ObjectStore store) {
      super(store);
    }

    @Override
    public synchronized void put(StoreKey key, byte[] bytes, int from, int length) {
      if (key.kind() == FileKind.INDEX) {
        byte[] copy = java.util.Arrays.copyOfRange(bytes, from, from + length);
        later.add(() -> super.put(key, copy, 0, copy.length));
        return;
      }
      super.put(key, bytes, from, length);
      if (key.kind() == FileKind.SNAPSHOT) {
        flush();
      }
    }
  }

  /// Holds deletions of index files back until packs are deleted: two, as one is in no index.
  private static final class PacksFirst extends Reordering {
    private int deleted;

    PacksFirst(ObjectStore store) {
      super(store);
    }

    @Override
    public synchronized void delete(StoreKey key) {
      if (key.kind() == FileKind.INDEX) {
        later.add(() -> super.delete(key));
        return;
      }
      super.delete(key);
      if (key.kind() == FileKind.PACK && ++deleted >= 2) {
        flush();
      }
    }
  }

  private static class Reordering extends PassingStore {
    final List<Runnable> later = new ArrayList<>();

    Reordering(ObjectStore store) {
      super(store);
    }

    void flush() {
      later.forEach(Runnable::run);
      later.clear();
    }
  }
}
