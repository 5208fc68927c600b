package dev.backstay.repository.check;

import java.util.List;

/// One thing that a check found.
///
/// @param severity whether data is lost
/// @param code stable, such as `repository.pack-missing`
/// @param file the file of the store that it is about
/// @param message one sentence
/// @param affected files and folders of snapshots that cannot be restored because of it, at most
///   [#SHOWN]
/// @param more how many further ones there are
/// @param remedy what to do about it
public record CheckFinding(
    Severity severity,
    String code,
    String file,
    String message,
    List<Affected> affected,
    long more,
    String remedy) {

  public static final int SHOWN = 50;

  public enum Severity {
    /// Something cannot be restored.
    ERROR,
    /// Nothing is lost: space that a prune gives back, or an oddity.
    HINT
  }

  /// A file or folder of a snapshot.
  ///
  /// @param snapshot its id
  /// @param path absolute inside it
  public record Affected(String snapshot, String path) {

    @Override
    public String toString() {
      return snapshot.substring(0, 8) + ":" + path;
    }
  }
}
