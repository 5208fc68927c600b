package dev.backstay.cluster.temporary;

/// What a restore notes in objects that it does not own, while it is under way.
public final class Annotations {

  /// On a workload that a restore has stopped: how many replicas it had.
  public static final String REPLICAS = "backstay.dev/replicas";

  /// On a PVC that a restore writes into: the id of that job. See [UnfinishedRestore].
  public static final String UNFINISHED_RESTORE = "backstay.dev/unfinished-restore";

  private Annotations() {}
}
