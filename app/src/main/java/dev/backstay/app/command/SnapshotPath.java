package dev.backstay.app.command;

import dev.backstay.model.InvalidInputException;

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

  /// The path of the place, or the one that was given apart from it.
  ///
  /// @param place `ID`, `ID:/path` or `latest:/path`
  /// @param apart a path, or empty
  /// @throws InvalidInputException if both are given and differ
  static SnapshotPath parse(String place, String apart) {
    SnapshotPath named = parse(place);
    return apart.isEmpty() ? named : named.at(apart);
  }

  /// The same place, with the path that it shares with another.
  SnapshotPath at(String other) {
    String absolute = other.startsWith("/") ? other : "/" + other;
    if (!path.equals("/") && !absolute.equals("/") && !path.equals(absolute)) {
      throw new InvalidInputException(
          "command.two-paths",
          "two paths were given: '" + path + "' and '" + absolute + "'",
          "give one path; it is looked at everywhere");
    }
    return absolute.equals("/") ? this : new SnapshotPath(id, absolute);
  }
}
