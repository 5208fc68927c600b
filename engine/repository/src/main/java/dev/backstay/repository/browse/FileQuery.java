package dev.backstay.repository.browse;

import dev.backstay.model.FilePath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which files and folders of snapshots are looked for. All that is given must hold; limits of size
/// let only files through.
///
/// @param below the folder that is looked into
/// @param newer changed after that
/// @param older changed before that
/// @param larger more bytes than that
/// @param smaller fewer bytes than that
public record FileQuery(
    PathPattern pattern,
    FilePath below,
    @Nullable Instant newer,
    @Nullable Instant older,
    @Nullable Long larger,
    @Nullable Long smaller) {

  /// Anywhere, whatever its age and size.
  public static FileQuery of(PathPattern pattern) {
    return new FileQuery(pattern, FilePath.ROOT, null, null, null, null);
  }

  /// @param seconds since 1970, when it was changed
  /// @param size bytes if it is a file, else -1
  boolean accepts(long seconds, int nanos, long size) {
    return (newer == null || compare(seconds, nanos, newer) > 0)
        && (older == null || compare(seconds, nanos, older) < 0)
        && (larger == null || size > larger)
        && (smaller == null || (size >= 0 && size < smaller));
  }

  private static int compare(long seconds, int nanos, Instant time) {
    int order = Long.compare(seconds, time.getEpochSecond());
    return order != 0 ? order : Integer.compare(nanos, time.getNano());
  }
}
