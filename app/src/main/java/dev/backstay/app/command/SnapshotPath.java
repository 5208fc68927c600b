package dev.backstay.app.command;

/// `ID`, `ID:/path` or `latest:/path`.
///
/// @param id the beginning of an id, or `latest`
/// @param path absolute inside the snapshot
record SnapshotPath(String id, String path) {

  /// The first colon parts the two: no id holds one.
  static SnapshotPath parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new SnapshotPath(text, "/");
    }
    String path = text.substring(colon + 1);
    return new SnapshotPath(text.substring(0, colon), path.startsWith("/") ? path : "/" + path);
  }
}
