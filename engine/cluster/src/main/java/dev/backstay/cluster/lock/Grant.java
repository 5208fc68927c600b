package dev.backstay.cluster.lock;

/// How much may be sent to a cluster. Each includes the one before.
public enum Grant {
  /// What changes nothing; see [ReadRules].
  READ,
  /// And what a back-up makes and removes again; see [BackUpRules].
  BACKUP,
  /// Everything.
  ALL;

  /// Whether a request that needs the other may be sent.
  public boolean covers(Grant needed) {
    return compareTo(needed) >= 0;
  }
}
