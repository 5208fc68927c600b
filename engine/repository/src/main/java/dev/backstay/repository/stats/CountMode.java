package dev.backstay.repository.stats;

/// What is counted, with restic's names and meaning of `stats --mode`.
public enum CountMode {
  /// Bytes that a restore of each snapshot would write.
  RESTORE_SIZE("restore-size"),
  /// Files that differ in what they hold.
  FILES_BY_CONTENTS("files-by-contents"),
  /// Different pieces of each file, by path.
  BLOBS_PER_FILE("blobs-per-file"),
  /// Blobs that the snapshots refer to, as they are stored.
  RAW_DATA("raw-data");

  private final String word;

  CountMode(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }
}
