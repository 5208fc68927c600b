package dev.backstay.workflow.browse;

import dev.backstay.model.FilePath;
import dev.backstay.repository.browse.FileQuery;
import dev.backstay.repository.browse.PathPattern;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is looked for in plain snapshots.
///
/// @param kind how the pattern is meant
/// @param newer changed after that
/// @param older changed before that
/// @param larger more bytes than that
/// @param smaller fewer bytes than that
public record SnapshotQuery(
    String pattern,
    Kind kind,
    boolean ignoreCase,
    @Nullable Instant newer,
    @Nullable Instant older,
    @Nullable Long larger,
    @Nullable Long smaller) {

  /// How a pattern is meant.
  public enum Kind {
    /// As restic's `find` takes it: below a match everything matches.
    GLOB,
    /// A regular expression, anywhere in the path.
    REGEX
  }

  FileQuery query() {
    PathPattern parsed =
        switch (kind) {
          case GLOB -> PathPattern.restic(pattern, ignoreCase);
          case REGEX -> PathPattern.regex(pattern, ignoreCase);
        };
    return new FileQuery(parsed, FilePath.ROOT, newer, older, larger, smaller);
  }
}
