package dev.backstay.workflow.maintenance;

import dev.backstay.model.CancelToken;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import dev.backstay.model.Secret;
import dev.backstay.repository.copy.CopyPlan;
import dev.backstay.repository.copy.CopyPlan.Skipped;
import dev.backstay.repository.copy.CopyReport;
import dev.backstay.repository.copy.SnapshotCopy;
import dev.backstay.repository.lock.Locks;
import dev.backstay.repository.lock.UnlockPlan;
import dev.backstay.repository.maintenance.Maintenance;
import dev.backstay.repository.repair.IndexRepair;
import dev.backstay.repository.repair.IndexRepairPlan;
import dev.backstay.repository.repair.PackRepair;
import dev.backstay.repository.repair.PackRepairPlan;
import dev.backstay.repository.repair.SnapshotRepair;
import dev.backstay.repository.repair.SnapshotRepairPlan;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFilter;
import dev.backstay.repository.stats.CountMode;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Keys, locks, repairs, copies and statistics of an open repository. Calls block until they are
/// done and throw [dev.backstay.model.EngineException].
public final class RepositoryMaintenance {

  private final Maintenance maintenance;

  public RepositoryMaintenance(RepositorySession session) {
    maintenance = session.repository().maintenance();
  }

  public List<KeyView> keys() {
    return maintenance.keys().list().stream().map(Views::key).toList();
  }

  /// @param username written into the key file; empty for this user
  /// @param hostname written into the key file; empty for this machine
  /// @return the new key's id
  public String addKey(Secret password, String username, String hostname, CancelToken cancel) {
    return maintenance.keys().add(password, username, hostname, cancel);
  }

  /// @return the whole id of the key that was removed
  /// @throws InvalidInputException if it is the current one
  public String removeKey(String id, CancelToken cancel) {
    return maintenance.keys().remove(id, cancel);
  }

  /// Changes the password that opened the session.
  ///
  /// @return the new key's id
  /// @throws dev.backstay.model.StorageException if it stopped half-way: the remedy names both keys
  public String changePassword(
      Secret password, String username, String hostname, CancelToken cancel) {
    return maintenance.keys().change(password, username, hostname, cancel);
  }

  /// All locks, and which of them go.
  ///
  /// @param all whether all go, whoever holds them
  /// @param dryRun whether nothing is removed
  /// @param gone whether the holder of a name is known to be no more, such as the UID of a pod that
  ///   is not there
  /// @return those that went, or would go; then the others, with those that their holder renewed or
  ///   released meanwhile
  public List<LockView> unlock(boolean all, boolean dryRun, Predicate<String> gone) {
    Locks locks = maintenance.locks();
    UnlockPlan plan = locks.plan(all, lock -> gone.test(lock.hostname()));
    List<UnlockPlan.Removal> removed = dryRun ? plan.removed() : locks.apply(plan);
    List<LockView> views = new ArrayList<>();
    removed.forEach(r -> views.add(Views.lock(r.lock(), r.reason())));
    plan.removed().stream()
        .filter(r -> !removed.contains(r))
        .forEach(r -> views.add(Views.lock(r.lock(), null)));
    plan.kept().forEach(lock -> views.add(Views.lock(lock, null)));
    return List.copyOf(views);
  }

  /// @param readAllPacks whether the header of every pack is read
  public PlannedRepair repairIndex(boolean readAllPacks, CancelToken cancel, Meter meter) {
    IndexRepair repair = maintenance.indexRepair();
    IndexRepairPlan plan = repair.plan(readAllPacks, cancel, meter);
    return new PlannedRepair(
        RepairSteps.of(plan),
        plan.unreadable(),
        plan.isEmpty(),
        (c, m) -> {
          repair.apply(plan, c, m);
          return List.of();
        });
  }

  /// @param packs beginnings of their ids; none for all
  /// @param copies the folder that damaged packs are copied to before they are replaced, or null
  public PlannedRepair repairPacks(
      List<String> packs, @Nullable Path copies, CancelToken cancel, Meter meter) {
    PackRepair repair = maintenance.packRepair();
    PackRepairPlan plan = repair.plan(packs, cancel, meter);
    PackRepair.Keep keep = copies == null ? PackRepair.Keep.NOTHING : new PackCopies(copies);
    return new PlannedRepair(
        RepairSteps.of(plan),
        plan.unreadable(),
        plan.isEmpty(),
        (c, m) -> {
          repair.apply(plan, keep, c, m);
          return List.of();
        });
  }

  /// @param forget whether what is replaced or lost is deleted
  public PlannedRepair repairSnapshots(
      SnapshotChoice choice, boolean forget, CancelToken cancel, Meter meter) {
    SnapshotRepair repair = maintenance.snapshotRepair();
    SnapshotRepairPlan plan = repair.plan(filter(choice), forget, cancel, meter);
    return new PlannedRepair(
        RepairSteps.of(plan), plan.strange(), plan.isEmpty(), (c, m) -> repair.apply(plan, c, m));
  }

  private static SnapshotFilter filter(SnapshotChoice choice) {
    return new SnapshotFilter(choice.ids(), choice.hosts(), choice.tags(), choice.paths());
  }

  /// Copies snapshots of this repository into another one.
  public CopyOutcome copyTo(
      RepositorySession target,
      SnapshotChoice choice,
      boolean dryRun,
      CancelToken cancel,
      Meter meter) {
    SnapshotCopy copy = maintenance.copyTo(target.repository().maintenance());
    CopyPlan plan = copy.plan(filter(choice), cancel);
    CopyReport report = dryRun ? CopyReport.NONE : copy.apply(plan, cancel, meter);
    List<Skipped> skipped = new ArrayList<>(plan.skipped());
    skipped.addAll(report.skipped());
    List<ItemFailure> failures = new ArrayList<>(plan.damaged());
    failures.addAll(report.failures());
    return new CopyOutcome(
        dryRun,
        plan.copied().stream()
            .filter(
                snapshot -> report.skipped().stream().noneMatch(s -> s.snapshot().equals(snapshot)))
            .map(RepositoryMaintenance::info)
            .toList(),
        report.made(),
        skipped.stream().map(s -> info(s.snapshot())).toList(),
        report.blobs(),
        report.bytes(),
        List.copyOf(failures),
        report.warnings());
  }

  private static SnapshotInfo info(Snapshot snapshot) {
    return RepositorySession.info(snapshot);
  }

  /// As restic counts.
  ///
  /// @param mode `restore-size`, `files-by-contents`, `blobs-per-file` or `raw-data`
  /// @throws InvalidInputException if it is none of these
  public CountInfo count(String mode, SnapshotChoice choice, CancelToken cancel, Meter meter) {
    CountMode counted = Views.mode(mode);
    return Views.count(maintenance.statistics().count(counted, filter(choice), cancel, meter));
  }

  /// By restore point and by volume.
  public UsageInfo usage(SnapshotChoice choice, CancelToken cancel, Meter meter) {
    return Views.usage(maintenance.statistics().usage(filter(choice), cancel, meter));
  }
}
