package dev.backstay.repository.prune;

import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.HeldLock;
import dev.backstay.repository.prune.PackChoice.Fate;
import dev.backstay.repository.store.FileKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The first phase beside writers: packs leave the index and are set aside.
final class Hiding {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final int BLOBS = 100_000;

  private final RunningPrune prune;
  private final Set<Integer> chosen;
  private final List<String> written = new ArrayList<>();
  private long packs;
  private long bytes;

  /// @param chosen numbers of packs; those that turn out to be needed are taken out
  Hiding(RunningPrune prune, Set<Integer> chosen) {
    this.prune = prune;
    this.chosen = chosen;
  }

  /// Waits as long as it may for programs that do not know what setting aside means.
  ///
  /// @return what is still in the way
  static List<String> obstacles(RunningPrune prune) {
    PruneGround ground = prune.ground();
    Instant until = ground.clock().instant().plus(prune.plan().options().foreignPatience());
    List<String> obstacles = obstaclesNow(prune);
    while (!obstacles.isEmpty() && ground.clock().instant().isBefore(until)) {
      prune.cancel().checkpoint();
      ground.clock().pause(WAIT);
      obstacles = obstaclesNow(prune);
    }
    return obstacles;
  }

  private static List<String> obstaclesNow(RunningPrune prune) {
    List<String> obstacles = new ArrayList<>(prune.plan().lockless);
    obstacles.addAll(PrunePlanner.foreignLocks(prune.ground(), prune.held().origin()));
    return obstacles;
  }

  /// Whether there is anything to set aside, or left half set aside.
  static boolean isCalledFor(RunningPrune prune) {
    PackChoice choice = prune.plan().choice;
    return !choice.packs(Fate.REMOVE).isEmpty()
        || !choice.packs(Fate.REPACK).isEmpty()
        || !choice.packs(Fate.DROP).isEmpty()
        || !prune.plan().setAside.unfinished().isEmpty()
        || !prune.plan().index.overlapping().isEmpty()
        || !prune.strays().isEmpty();
  }

  /// How many packs were set aside.
  long packs() {
    return packs;
  }

  long bytes() {
    return bytes;
  }

  /// When it is cut off, what it wrote is finished by the next run.
  void run() {
    prune.cancel().checkpoint();
    prune.ground().order().forEach(this::step);
  }

  private void step(AsideStep step) {
    switch (step) {
      case WRITE_CANDIDATES -> writeCandidates();
      case SPARE_NEW -> {
        prune.lookAgain();
        prune.spare(chosen);
      }
      case REWRITE_INDEX -> {
        prune.rewriteIndex(chosen);
        chosen.forEach(pack -> count(prune.table().name(pack)));
      }
      case RECORD_LOCKS -> recordLocks();
    }
  }

  private void count(String pack) {
    packs++;
    bytes += prune.bytes(pack);
  }

  private void writeCandidates() {
    prune.confirm().run();
    List<String> strays = prune.strays().stream().sorted().toList();
    strays.forEach(this::count);
    PackTable table = prune.table();
    List<IndexedPack> batch = new ArrayList<>();
    int blobs = 0;
    for (int pack : chosen.stream().sorted().toList()) {
      batch.add(new IndexedPack(table.name(pack), table.entries(pack)));
      blobs += table.end(pack) - table.begin(pack);
      if (blobs > BLOBS) {
        write(batch, List.of());
        batch = new ArrayList<>();
        blobs = 0;
      }
    }
    if (!batch.isEmpty() || !strays.isEmpty()) {
      write(batch, strays);
    }
  }

  private void write(List<IndexedPack> batch, List<String> strays) {
    Instant now = prune.ground().clock().instant();
    long snapshots = prune.plan().figures().snapshots();
    CandidateFile file = new CandidateFile("", now, snapshots, List.copyOf(batch), strays);
    written.add(prune.ground().files().save(FileKind.CANDIDATES, file.encode()));
  }

  private void recordLocks() {
    List<String> candidates = new ArrayList<>(written);
    prune.plan().setAside.unfinished().forEach(file -> candidates.add(file.name()));
    if (!candidates.isEmpty()) {
      List<HeldLock> locks = SetAside.locks(prune.ground(), prune.held().origin());
      Instant now = prune.ground().clock().instant();
      LockListFile list = new LockListFile("", now, candidates, locks);
      prune.ground().files().save(FileKind.LOCK_LIST, list.encode());
    }
  }
}
