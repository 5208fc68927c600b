package dev.backstay.repository.check;

/// What to do, in the words of the command line.
final class Remedies {

  static final String IN_NO_INDEX =
      "run 'repo repair index' in case its pack is there; else back up the same files again, or run"
          + " 'repo repair snapshots'";

  /// For a pack that a prune set aside: a backup takes what it holds for absent.
  static final String ASIDE =
      "restore the file from a copy of the repository; else back up the same files again, or run"
          + " 'repo repair snapshots'";

  private Remedies() {}

  /// For a pack that is not there.
  static String missing() {
    return "restore the file from a copy of the repository; else run 'repo repair index' and then"
        + " back up the same files again or run 'repo repair snapshots'";
  }

  /// For a pack that is not what it should be.
  static String pack(String pack) {
    return "restore the file from a copy of the repository, or run 'repo repair packs "
        + pack.substring(0, 8)
        + "' and then back up the same files again or run 'repo repair snapshots'";
  }
}
