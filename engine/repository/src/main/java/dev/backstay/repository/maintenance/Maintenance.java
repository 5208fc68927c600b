package dev.backstay.repository.maintenance;

import dev.backstay.repository.copy.SnapshotCopy;
import dev.backstay.repository.key.RepositoryKeys;
import dev.backstay.repository.lock.Locks;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.repair.IndexRepair;
import dev.backstay.repository.repair.PackRepair;
import dev.backstay.repository.repair.SnapshotRepair;
import dev.backstay.repository.stats.Statistics;

/// What is done to a repository as a whole. Each takes the lock it needs and blocks until it is
/// done. What writes throws [dev.backstay.model.UnsupportedException] for a repository of version
/// 1.
public final class Maintenance {

  private final Opened opened;

  /// @param opened the repository's parts
  public Maintenance(Opened opened) {
    this.opened = opened;
  }

  public RepositoryKeys keys() {
    return new RepositoryKeys(opened);
  }

  public Locks locks() {
    return new Locks(opened.store(), opened.files(), opened.clock(), opened.hostname());
  }

  public IndexRepair indexRepair() {
    opened.refuseVersionOne();
    return new IndexRepair(opened);
  }

  public PackRepair packRepair() {
    opened.refuseVersionOne();
    return new PackRepair(opened);
  }

  public SnapshotRepair snapshotRepair() {
    opened.refuseVersionOne();
    return new SnapshotRepair(opened);
  }

  public Statistics statistics() {
    return new Statistics(opened);
  }

  /// @param target another repository, of which snapshots of this one are to be part
  public SnapshotCopy copyTo(Maintenance target) {
    target.opened.refuseVersionOne();
    return new SnapshotCopy(opened, target.opened);
  }
}
