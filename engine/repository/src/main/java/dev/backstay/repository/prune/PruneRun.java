package dev.backstay.repository.prune;

import dev.backstay.model.CancelToken;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.HeldLock;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.prune.PackChoice.Fate;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// Does what a plan says. See `src/docs/adr/0009-prune.md` for why in this order.
///
/// At every moment each blob that a committed snapshot needs stands in a pack that is there and
/// that the index or a candidate file names; when it is cut off, the next run goes on from what it
/// finds.
public final class PruneRun {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final int CONFIRM_EVERY = 64;
  private static final int BLOBS = 100_000;

  private final PruneGround ground;
  private final PrunePlan plan;
  private final CancelToken cancel;
  private final Meter meter;
  private final ClockGuard guard;
  private final RepositoryLock held;
  private final Runnable confirm;

  private final LongAdder deleted = new LongAdder();
  private final LongAdder freed = new LongAdder();
  private final List<String> newCandidates = new ArrayList<>();
  private final List<String> postponed = new ArrayList<>();
  private long setAside;
  private long bytesSetAside;
  private long packsWritten;
  private long bytesWritten;
  private long broughtBack;

  private PruneRun(
      PruneGround ground,
      PrunePlan plan,
      CancelToken cancel,
      Meter meter,
      RepositoryLock held,
      Runnable claimed) {
    this.ground = ground;
    this.plan = plan;
    this.cancel = cancel;
    this.meter = meter;
    this.held = held;
    guard = new ClockGuard(ground.clock());
    confirm =
        () -> {
          held.confirm();
          claimed.run();
          guard.check();
        };
  }

  /// @param meter gets packs that were repacked or deleted, and bytes of them
  /// @throws dev.backstay.model.ConflictException if the repository moved on since the plan
  /// @throws dev.backstay.model.LockedException if another prune is at work, or for an exclusive
  ///   one anybody
  public static PruneOutcome apply(
      PruneGround ground, PrunePlan plan, CancelToken cancel, Meter meter) {
    if (!plan.options().asIfForgotten().isEmpty()) {
      throw new InvalidInputException(
          "prune.only-a-plan",
          "the plan is of a repository without snapshots that are still there",
          "forget them, then make the plan again");
    }
    if (plan.options().exclusive()) {
      try (RepositoryLock held = ground.lock().apply(true)) {
        return new PruneRun(ground, plan, cancel, meter, held, () -> {}).alone();
      }
    }
    try (RepositoryLock held = ground.lock().apply(false);
        Claim claim = Claim.take(ground, held.name())) {
      return new PruneRun(ground, plan, cancel, meter, held, claim::confirm).besideWriters();
    }
  }

  private PruneOutcome alone() {
    plan.index.confirm();
    lookAgain();
    bringBack();
    repack();
    Set<Integer> chosen = chosen();
    lookAgain();
    spare(chosen);
    rewriteIndex(chosen);
    Set<String> going = chosen.stream().map(table()::name).collect(Collectors.toSet());
    going.addAll(PrunePlanner.strays(table(), plan.sizes, plan.setAside));
    going.addAll(plan.setAside.ripePacks());
    going.addAll(plan.setAside.resting());
    delete(going, chosen);
    forget(plan.setAside.candidates(), plan.setAside.lists());
    return outcome();
  }

  private PruneOutcome besideWriters() {
    plan.index.confirm();
    lookAgain();
    bringBack();
    reclaim();
    if (mayHide()) {
      repack();
      Set<Integer> chosen = chosen();
      ground.order().forEach(step -> hide(step, chosen));
    }
    return outcome();
  }

  private PackTable table() {
    return plan.index.table();
  }

  private PruneOutcome outcome() {
    return new PruneOutcome(
        deleted.sum(),
        freed.sum(),
        setAside,
        bytesSetAside,
        packsWritten,
        bytesWritten,
        broughtBack,
        postponed);
  }

  /// Index files and snapshots that came since the plan: what they need is needed.
  private void lookAgain() {
    Set<String> fresh = new HashSet<>(SnapshotListing.ids(ground));
    fresh.removeAll(plan.snapshots);
    List<Snapshot> snapshots = SnapshotListing.load(ground, fresh);
    plan.index.load(cancel);
    new Mark(ground, table(), plan.used, cancel, Meter.NONE)
        .run(snapshots.stream().map(Snapshot::tree).collect(Collectors.toSet()));
  }

  /// Packs that were set aside and are needed after all.
  private void bringBack() {
    List<IndexedPack> packs = new ArrayList<>();
    for (int pack = 0; pack < table().packCount(); pack++) {
      boolean hidden = table().state(pack) == PackTable.State.HIDDEN;
      if (hidden && (plan.choice.fate(pack) == Fate.BRING_BACK || holdsLastCopy(pack))) {
        packs.add(new IndexedPack(table().name(pack), table().entries(pack)));
      }
    }
    if (!packs.isEmpty()) {
      confirm.run();
      IndexWriting.write(ground, packs);
      broughtBack += packs.size();
      plan.index.load(cancel);
    }
  }

  /// Whether something that is needed stands in no pack that stays in the index.
  private boolean holdsLastCopy(int pack) {
    for (int entry = table().begin(pack); entry < table().end(pack); entry++) {
      int blob = table().blob(entry);
      if (plan.used.get(blob) && !table().anyCopy(blob, this::stays)) {
        return true;
      }
    }
    return false;
  }

  private boolean stays(int copy) {
    int pack = table().pack(copy);
    return plan.choice.stays(pack)
        || plan.choice.fate(pack) == Fate.REPACK && table().visible(pack);
  }

  /// Phase B: what earlier runs set aside and nobody can refer to any more is deleted.
  private void reclaim() {
    Set<String> ripe = plan.setAside.ripePacks();
    if (!plan.setAside.ripe().isEmpty()) {
      delete(ripe, Set.of());
      forget(plan.setAside.ripeCandidates(), plan.setAside.ripe());
    }
  }

  /// Deletes packs, but never one that an index names.
  ///
  /// @param unnamed packs that were taken out of the index since it was loaded
  private void delete(Set<String> packs, Set<Integer> unnamed) {
    Queue<String> todo = new ConcurrentLinkedQueue<>();
    for (String pack : packs.stream().sorted().toList()) {
      int number = table().number(pack);
      if (plan.sizes.containsKey(pack)
          && (number < 0 || !table().visible(number) || unnamed.contains(number))) {
        todo.add(pack);
      }
    }
    List<String> batch = new ArrayList<>();
    while (!todo.isEmpty()) {
      batch.clear();
      for (int i = 0; i < CONFIRM_EVERY && !todo.isEmpty(); i++) {
        batch.add(todo.remove());
      }
      cancel.checkpoint();
      confirm.run();
      deleteBatch(batch);
    }
  }

  private void deleteBatch(List<String> batch) {
    Queue<String> todo = new ConcurrentLinkedQueue<>(batch);
    int connections = Math.max(1, ground.store().capabilities().connections());
    int threads = ground.threads() == 1 ? 1 : Math.min(connections, batch.size());
    Workers.run(
        threads,
        "prune-delete",
        () -> {
          for (String pack = todo.poll(); pack != null; pack = todo.poll()) {
            if (delete(FileKind.PACK, pack)) {
              long bytes = plan.sizes.getOrDefault(pack, 0L);
              deleted.increment();
              freed.add(bytes);
              meter.add(1, bytes);
            }
          }
        });
  }

  private boolean delete(FileKind kind, String name) {
    try {
      ground.store().delete(new StoreKey(kind, name));
      return true;
    } catch (NotFoundException e) {
      return false;
    }
  }

  /// The lock lists last: a list without candidates is nothing, candidates without a list rest.
  private void forget(Collection<CandidateFile> candidates, Collection<LockListFile> lists) {
    candidates.forEach(file -> delete(FileKind.CANDIDATES, file.name()));
    lists.forEach(list -> delete(FileKind.LOCK_LIST, list.name()));
  }

  private boolean mayHide() {
    Instant until = ground.clock().instant().plus(plan.options().foreignPatience());
    List<String> obstacles = obstacles();
    while (!obstacles.isEmpty() && ground.clock().instant().isBefore(until)) {
      cancel.checkpoint();
      ground.clock().pause(WAIT);
      obstacles = obstacles();
    }
    boolean something =
        !plan.choice.packs(Fate.REMOVE).isEmpty()
            || !plan.choice.packs(Fate.REPACK).isEmpty()
            || !plan.choice.packs(Fate.DROP).isEmpty()
            || !plan.setAside.unfinished().isEmpty()
            || !PrunePlanner.strays(table(), plan.sizes, plan.setAside).isEmpty();
    if (something) {
      postponed.addAll(obstacles);
    }
    return something && obstacles.isEmpty();
  }

  private List<String> obstacles() {
    List<String> obstacles = new ArrayList<>(PrunePlanner.foreignLocks(ground, held.name()));
    plan.obstacles().stream()
        .filter(text -> !text.startsWith("the repository is locked"))
        .forEach(obstacles::add);
    return obstacles;
  }

  private void repack() {
    List<Integer> packs = plan.choice.packs(Fate.REPACK);
    if (!packs.isEmpty()) {
      Repacker repacker = new Repacker(ground, table(), plan.choice, cancel, meter);
      repacker.run(packs);
      packsWritten += repacker.packsWritten();
      bytesWritten += repacker.bytesWritten();
      plan.index.load(cancel);
    }
  }

  private Set<Integer> chosen() {
    Set<Integer> chosen = new HashSet<>(plan.choice.packs(Fate.REMOVE));
    chosen.addAll(plan.choice.packs(Fate.REPACK));
    chosen.addAll(plan.choice.packs(Fate.DROP));
    chosen.removeIf(pack -> !table().visible(pack));
    return chosen;
  }

  /// Takes out of the chosen whatever holds the last copy of something needed. The last word before
  /// the index is rewritten, whatever was planned.
  private void spare(Set<Integer> chosen) {
    for (int pack : chosen.stream().sorted().toList()) {
      if (holdsLastCopyBeside(pack, chosen)) {
        chosen.remove(pack);
        plan.choice.keep(pack);
      }
    }
  }

  private boolean holdsLastCopyBeside(int pack, Set<Integer> chosen) {
    for (int entry = table().begin(pack); entry < table().end(pack); entry++) {
      int blob = table().blob(entry);
      if (plan.used.get(blob)
          && !table()
              .anyCopy(
                  blob,
                  copy ->
                      table().visible(table().pack(copy))
                          && !chosen.contains(table().pack(copy)))) {
        return true;
      }
    }
    return false;
  }

  private void rewriteIndex(Set<Integer> chosen) {
    if (!chosen.isEmpty()) {
      new IndexRewrite(ground, plan.index, chosen, confirm).run();
    }
  }

  /// Phase A.
  private void hide(AsideStep step, Set<Integer> chosen) {
    switch (step) {
      case WRITE_CANDIDATES -> writeCandidates(chosen);
      case SPARE_NEW -> {
        lookAgain();
        spare(chosen);
      }
      case REWRITE_INDEX -> {
        rewriteIndex(chosen);
        setAside += chosen.size();
        bytesSetAside +=
            chosen.stream().mapToLong(p -> plan.sizes.getOrDefault(table().name(p), 0L)).sum();
      }
      case RECORD_LOCKS -> recordLocks();
    }
  }

  private void writeCandidates(Set<Integer> chosen) {
    cancel.checkpoint();
    confirm.run();
    List<String> strays =
        PrunePlanner.strays(table(), plan.sizes, plan.setAside).stream().sorted().toList();
    List<IndexedPack> packs = new ArrayList<>();
    int blobs = 0;
    for (int pack : chosen.stream().sorted().toList()) {
      packs.add(new IndexedPack(table().name(pack), table().entries(pack)));
      blobs += table().end(pack) - table().begin(pack);
      if (blobs > BLOBS) {
        writeCandidates(packs, List.of());
        packs.clear();
        blobs = 0;
      }
    }
    setAside += strays.size();
    bytesSetAside += strays.stream().mapToLong(s -> plan.sizes.getOrDefault(s, 0L)).sum();
    if (!packs.isEmpty() || !strays.isEmpty()) {
      writeCandidates(packs, strays);
    }
  }

  private void writeCandidates(List<IndexedPack> packs, List<String> strays) {
    CandidateFile file =
        new CandidateFile(
            "", ground.clock().instant(), plan.figures().snapshots(), List.copyOf(packs), strays);
    newCandidates.add(ground.files().save(FileKind.CANDIDATES, file.encode()));
  }

  private void recordLocks() {
    List<String> candidates = new ArrayList<>(newCandidates);
    plan.setAside.unfinished().forEach(file -> candidates.add(file.name()));
    if (!candidates.isEmpty()) {
      List<HeldLock> locks = SetAside.locks(ground, held.name());
      LockListFile list = new LockListFile("", ground.clock().instant(), candidates, locks);
      ground.files().save(FileKind.LOCK_LIST, list.encode());
    }
  }
}
