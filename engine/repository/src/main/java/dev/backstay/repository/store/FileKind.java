package dev.backstay.repository.store;

/// The kinds of files that a repository is made of (restic `doc/design.rst`, "Repository Layout"),
/// and our own, which restic passes over.
public enum FileKind {
  CONFIG("config"),
  KEY("keys"),
  PACK("data"),
  INDEX("index"),
  SNAPSHOT("snapshots"),
  LOCK("locks"),

  /// Whoever prunes beside writers puts one of a fixed name: the store takes it once.
  CLAIM("backstay/claims"),
  /// What a prune has set aside, with its index entries.
  CANDIDATES("backstay/candidates"),
  /// The locks that were held when something was set aside.
  LOCK_LIST("backstay/lock-lists");

  private final String folder;

  FileKind(String folder) {
    this.folder = folder;
  }

  /// Whether restic knows nothing of it. Such folders are made when first needed.
  public boolean ours() {
    return this == CLAIM || this == CANDIDATES || this == LOCK_LIST;
  }

  /// Whether its names are no hashes, so that two writers may want the same one and a store must
  /// let only one have it.
  public boolean contested() {
    return this == CONFIG || this == CLAIM;
  }

  /// The folder that holds them; for [#CONFIG] the file itself.
  public String folder() {
    return folder;
  }
}
