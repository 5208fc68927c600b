package dev.backstay.repository.prune;

import dev.backstay.model.CancelToken;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Meter;
import dev.backstay.model.StorageException;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.prune.PackChoice.Fate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Does what a plan says. See `src/docs/adr/0009-prune.md` for why in this order.
///
/// At every moment each blob that a committed snapshot needs stands in a pack that is there and
/// that the index or a candidate file names; when it is cut off, the next run goes on from what it
/// finds.
public final class PruneRun {

  private static final String FULL = "store.full";

  private final PrunePlan plan;
  private final RunningPrune prune;
  private final PackDeletion deletion;
  private final List<String> postponed = new ArrayList<>();
  private long setAside;
  private long bytesSetAside;
  private long packsWritten;
  private long bytesWritten;
  private long broughtBack;

  private PruneRun(RunningPrune prune) {
    this.prune = prune;
    plan = prune.plan();
    deletion = new PackDeletion(prune);
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
    ClockGuard guard = new ClockGuard(ground.clock());
    if (plan.options().exclusive()) {
      try (RepositoryLock held = ground.lock().apply(true)) {
        Runnable confirm = confirm(held, () -> {}, guard);
        return new PruneRun(new RunningPrune(ground, plan, held, confirm, cancel, meter)).alone();
      }
    }
    try (RepositoryLock held = ground.lock().apply(false);
        Claim claim = Claim.take(ground, held.origin())) {
      Runnable confirm = confirm(held, claim::confirm, guard);
      return new PruneRun(new RunningPrune(ground, plan, held, confirm, cancel, meter))
          .besideWriters();
    }
  }

  private static Runnable confirm(RepositoryLock held, Runnable claimed, ClockGuard guard) {
    return () -> {
      held.confirm();
      claimed.run();
      guard.check();
    };
  }

  private PruneOutcome alone() {
    begin();
    deletion.delete(prune.strays(), Set.of()); // before anything is written: the disk may be full
    repack();
    Set<Integer> chosen = prune.chosen();
    prune.lookAgain();
    prune.spare(chosen);
    prune.rewriteIndex(chosen);
    Set<String> going = chosen.stream().map(prune.table()::name).collect(Collectors.toSet());
    going.addAll(plan.setAside.ripePacks());
    going.addAll(plan.setAside.resting());
    deletion.delete(going, chosen);
    deletion.forget(plan.setAside.candidates(), plan.setAside.lists());
    deletion.forget(plan.setAside.unreadable());
    return outcome();
  }

  private PruneOutcome besideWriters() {
    begin();
    reclaim();
    if (Hiding.isCalledFor(prune)) {
      postponed.addAll(Hiding.obstacles(prune));
      if (postponed.isEmpty()) {
        hide();
      }
    }
    return outcome();
  }

  private void begin() {
    plan.index.confirm();
    prune.lookAgain();
    bringBack();
  }

  /// Packs that were set aside and are needed after all.
  private void bringBack() {
    PackTable table = prune.table();
    List<IndexedPack> packs = new ArrayList<>();
    for (int pack = 0; pack < table.packCount(); pack++) {
      boolean hidden = table.state(pack) == PackTable.State.HIDDEN;
      if (hidden
          && (plan.choice.fate(pack) == Fate.BRING_BACK
              || prune.holdsLastCopy(pack, this::isSource))) {
        packs.add(new IndexedPack(table.name(pack), table.entries(pack)));
      }
    }
    if (!packs.isEmpty()) {
      prune.confirm().run();
      IndexWriting.write(prune.ground(), packs);
      broughtBack += packs.size();
      plan.index.load(prune.cancel());
    }
  }

  /// Whether what stands in a pack will stand in one of the index when all is done.
  private boolean isSource(int pack) {
    return plan.choice.stays(pack)
        || (plan.choice.fate(pack) == Fate.REPACK && prune.table().visible(pack));
  }

  /// The second phase: what earlier runs set aside and nobody can refer to any more is deleted.
  private void reclaim() {
    if (!plan.setAside.ripe().isEmpty()) {
      deletion.delete(plan.setAside.ripePacks(), Set.of());
      deletion.forget(plan.setAside.ripeCandidates(), plan.setAside.ripe());
    }
  }

  private void repack() {
    List<Integer> packs = plan.choice.packs(Fate.REPACK);
    if (!packs.isEmpty()) {
      Repacker repacker =
          new Repacker(prune.ground(), prune.table(), plan.choice, prune.cancel(), prune.meter());
      try {
        repacker.run(packs);
      } catch (StorageException e) {
        throw e.code().equals(FULL) ? full(e) : e;
      }
      packsWritten += repacker.packsWritten();
      bytesWritten += repacker.bytesWritten();
      plan.index.load(prune.cancel());
    }
  }

  private static StorageException full(StorageException e) {
    return new StorageException(
        FULL,
        String.valueOf(e.getMessage()),
        "prune with --exclusive --max-repack-size 0, which deletes first and writes almost"
            + " nothing; what is needed is untouched",
        e);
  }

  private void hide() {
    repack();
    Hiding hiding = new Hiding(prune, prune.chosen());
    hiding.run();
    setAside += hiding.packs();
    bytesSetAside += hiding.bytes();
  }

  private PruneOutcome outcome() {
    return new PruneOutcome(
        deletion.deleted(),
        deletion.freed(),
        setAside,
        bytesSetAside,
        packsWritten,
        bytesWritten,
        broughtBack,
        postponed);
  }
}
