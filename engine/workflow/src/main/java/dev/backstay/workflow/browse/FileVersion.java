package dev.backstay.workflow.browse;

import dev.backstay.model.FilePath;
import dev.backstay.model.RestorePoint;
import dev.backstay.repository.browse.PathVersion;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import org.jspecify.annotations.Nullable;

/// A file as it was in one or several restore points.
///
/// @param newest the newest restore point that holds it so
/// @param oldest the oldest that does
/// @param points how many hold it so
/// @param presence whether they hold it at all
/// @param file what was kept of it in the newest one, null unless it is present
/// @param content names its content: equal contents have equal names; empty unless it is a file
public record FileVersion(
    RestorePoint newest,
    RestorePoint oldest,
    int points,
    Presence presence,
    @Nullable FileInfo file,
    String content) {

  /// Whether a restore point holds a file.
  public enum Presence {
    PRESENT,
    ABSENT,
    /// The restore point cannot be read there.
    UNREADABLE;

    static Presence of(PathVersion.Presence presence) {
      return switch (presence) {
        case PRESENT -> PRESENT;
        case ABSENT -> ABSENT;
        case UNREADABLE -> UNREADABLE;
      };
    }
  }

  /// Equal for equal contents, and for a file that is absent or cannot be read.
  public String key() {
    return presence + ":" + content;
  }

  /// With what older restore points hold just so.
  FileVersion and(FileVersion older) {
    return new FileVersion(newest, older.oldest, points + older.points, presence, file, content);
  }

  static FileVersion of(FilePath path, PathVersion<RestorePoint> version) {
    Node node = version.node();
    return new FileVersion(
        version.newest(),
        version.oldest(),
        version.count(),
        Presence.of(version.presence()),
        node == null ? null : RepositorySession.info(path, node),
        version.content());
  }
}
