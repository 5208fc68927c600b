package dev.backstay.workflow.browse;

import dev.backstay.repository.browse.FileQuery;
import dev.backstay.repository.browse.PathPattern;
import dev.backstay.workflow.repository.RepositorySession;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which files and folders of a restore point are looked for. All that is given must hold; limits
/// of size let only files through.
///
/// @param pattern a glob: `*` and `?` stay inside a name, `[a-z]`, `{a,b}`, `\` before a character
///   that stands for itself, and `**` for any number of folders. Without a `/` it is about names,
///   else about whole paths from the restore point's root
/// @param below the folder that is looked into, absolute; `/` for everything
/// @param newer changed after that
/// @param older changed before that
/// @param larger more bytes than that
/// @param smaller fewer bytes than that
public record FindCriteria(
    String pattern,
    String below,
    @Nullable Instant newer,
    @Nullable Instant older,
    @Nullable Long larger,
    @Nullable Long smaller) {

  /// Whatever its age and size.
  public static FindCriteria of(String pattern) {
    return new FindCriteria(pattern, "/", null, null, null, null);
  }

  /// @throws dev.backstay.model.InvalidInputException if the pattern is none
  FileQuery query() {
    return new FileQuery(
        PathPattern.glob(pattern, false),
        RepositorySession.inside(below),
        newer,
        older,
        larger,
        smaller);
  }
}
