package dev.backstay.repository.copy;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.Meter;
import dev.backstay.repository.copy.CopyPlan.Skipped;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.SnapshotLoad;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Copies snapshots into another repository (restic `copy`): what is there already is skipped, what
/// is not is sealed anew with the target's key. A run that was cut off is continued by running it
/// again: its blobs are found in the target's index.
///
/// Into a new repository this changes the master key, which no change of a password does.
public final class SnapshotCopy {

  private final Opened source;
  private final Opened target;

  public SnapshotCopy(Opened source, Opened target) {
    this.source = source;
    this.target = target;
  }

  /// @param filter which snapshots of the source
  public CopyPlan plan(SnapshotFilter filter, CancelToken cancel) {
    SnapshotLoad from = SnapshotLoad.of(source, cancel);
    Map<String, List<Snapshot>> there = byOrigin(SnapshotLoad.of(target, cancel).snapshots());
    List<Snapshot> copied = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Snapshot snapshot : filter.select(from.snapshots())) {
      Snapshot copy =
          there.getOrDefault(origin(snapshot), List.of()).stream()
              .filter(other -> alike(snapshot, other))
              .findFirst()
              .orElse(null);
      if (copy == null) {
        copied.add(snapshot);
      } else {
        skipped.add(new Skipped(snapshot, copy.id()));
      }
    }
    return new CopyPlan(
        List.copyOf(copied),
        List.copyOf(skipped),
        from.damaged().stream().map(bad -> bad.file().toString()).toList());
  }

  /// By the id they had first, and by their own.
  private static Map<String, List<Snapshot>> byOrigin(List<Snapshot> snapshots) {
    Map<String, List<Snapshot>> all = new HashMap<>();
    for (Snapshot snapshot : snapshots) {
      all.computeIfAbsent(snapshot.id(), _ -> new ArrayList<>()).add(snapshot);
      String original = snapshot.original();
      if (original != null) {
        all.computeIfAbsent(original, _ -> new ArrayList<>()).add(snapshot);
      }
    }
    return all;
  }

  static String origin(Snapshot snapshot) {
    return Objects.requireNonNullElse(snapshot.original(), snapshot.id());
  }

  /// Everything but parent and original, as restic compares.
  private static boolean alike(Snapshot a, Snapshot b) {
    return a.time().equals(b.time())
        && a.tree().equals(b.tree())
        && a.hostname().equals(b.hostname())
        && a.username().equals(b.username())
        && same(a.paths(), b.paths())
        && same(a.excludes(), b.excludes())
        && same(a.tags(), b.tags());
  }

  private static boolean same(List<String> a, List<String> b) {
    return a.stream().sorted().toList().equals(b.stream().sorted().toList());
  }

  /// @param meter gets a blob and its sealed bytes as they are sent
  /// @throws dev.backstay.model.LockedException if somebody holds one of them exclusively
  /// @throws ConflictException if both are the same place
  public CopyReport apply(CopyPlan plan, CancelToken cancel, Meter meter) {
    if (plan.isEmpty()) {
      return new CopyReport(List.of(), 0, 0, List.of());
    }
    if (source.key().equals(target.key())
        && source.store().location().equals(target.store().location())) {
      throw new ConflictException(
          "repository.copy-self", "the source and the target are the same", "name another target");
    }
    if (!source.store().capabilities().writable()) {
      return locked(plan, cancel, meter);
    }
    try (RepositoryLock held = source.lockShared()) {
      CopyReport report = locked(plan, cancel, meter);
      held.confirm();
      return report;
    }
  }

  private CopyReport locked(CopyPlan plan, CancelToken cancel, Meter meter) {
    try (RepositoryLock lock = target.lockShared()) {
      return new CopyRun(source, target, plan, lock, cancel, meter).run();
    }
  }
}
