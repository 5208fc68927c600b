package dev.backstay.repository.copy;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.repository.copy.CopyPlan.Skipped;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.IndexLoad.BadFile;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.SnapshotLoad;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import java.util.ArrayList;
import java.util.List;

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
    Copies there = new Copies(target).refresh(cancel);
    List<Snapshot> copied = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Snapshot snapshot : filter.select(from.snapshots())) {
      there
          .of(snapshot)
          .ifPresentOrElse(
              copy -> skipped.add(new Skipped(snapshot, copy)), () -> copied.add(snapshot));
    }
    List<ItemFailure> damaged =
        from.damaged().stream()
            .filter(bad -> asked(filter, bad.file().name()))
            .map(SnapshotCopy::damaged)
            .toList();
    return new CopyPlan(List.copyOf(copied), List.copyOf(skipped), damaged);
  }

  private static boolean asked(SnapshotFilter filter, String id) {
    return filter.ids().isEmpty()
        || filter.ids().stream().anyMatch(asked -> asked.equals("latest") || id.startsWith(asked));
  }

  private static ItemFailure damaged(BadFile bad) {
    return new ItemFailure(
        bad.file().toString(),
        "repository.snapshot-damaged",
        "it cannot be read, so it is not copied: " + bad.error().getMessage(),
        "restore the file from a copy of the source, else give it up there with"
            + " 'repo repair snapshots --forget'");
  }

  /// @param meter gets a blob and its sealed bytes as they are sent
  /// @throws dev.backstay.model.LockedException if somebody holds one of them exclusively
  /// @throws ConflictException if both are the same place
  public CopyReport apply(CopyPlan plan, CancelToken cancel, Meter meter) {
    if (plan.isEmpty()) {
      return CopyReport.NONE;
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
      try {
        held.confirm();
        return report;
      } catch (EngineException e) {
        return report.warn(unprotected(e));
      }
    }
  }

  /// Whatever was copied was verified on its way, so it is whole all the same.
  private ItemFailure unprotected(EngineException error) {
    return new ItemFailure(
        source.store().location(),
        "repository.lock-lost",
        "its lock did not last to the end: " + error.getMessage(),
        "what was copied is whole; if snapshots could not be copied, run it again");
  }

  private CopyReport locked(CopyPlan plan, CancelToken cancel, Meter meter) {
    try (RepositoryLock lock = target.lockShared()) {
      return new CopyRun(source, target, plan, lock, cancel, meter).run();
    }
  }
}
