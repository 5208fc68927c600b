package dev.backstay.workflow.browse;

import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.repository.FileInfo;
import org.jspecify.annotations.Nullable;

/// A file as it was in one or several restore points in a row.
///
/// @param newest the newest restore point that holds it so
/// @param oldest the oldest of that row
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
    UNREADABLE
  }

  FileVersion upTo(RestorePoint older) {
    return new FileVersion(newest, older, points + 1, presence, file, content);
  }

  boolean sameAs(FileVersion other) {
    return presence == other.presence && content.equals(other.content);
  }
}
