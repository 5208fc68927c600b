package dev.backstay.repository.store;

/// The kinds of files that a repository is made of (restic `doc/design.rst`, "Repository Layout").
public enum FileKind {
  CONFIG("config"),
  KEY("keys"),
  PACK("data"),
  INDEX("index"),
  SNAPSHOT("snapshots"),
  LOCK("locks");

  private final String folder;

  FileKind(String folder) {
    this.folder = folder;
  }

  /// The folder that holds them; for [#CONFIG] the file itself.
  public String folder() {
    return folder;
  }
}
