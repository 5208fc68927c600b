package dev.backstay.repository.browse;

import dev.backstay.model.InvalidInputException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which paths are meant. A walk goes down with a state, so that no name is compared twice and a
/// folder in which nothing can match is not looked into.
public sealed interface PathPattern permits Glob, PathPattern.Regex {

  /// The state at the root of a snapshot.
  long start();

  /// The state at a name in a folder.
  ///
  /// @param state that of the folder
  long step(long state, String name);

  /// Whether the path with that state is meant.
  ///
  /// @param path absolute
  boolean matches(long state, Supplier<String> path);

  /// Whether a path below it may be meant.
  boolean leadsOn(long state);

  /// Whether two folders with equal states and equal content have equal matches below them.
  boolean stateSaysAll();

  /// A shell pattern: `*` and `?` stay inside a name, `[a-z]`, `{a,b}`, `\` before a character that
  /// stands for itself, and `**` for any number of folders. Without a `/` it is about names, else
  /// about whole paths from the root.
  ///
  /// @throws InvalidInputException if it is no pattern
  static PathPattern glob(String pattern, boolean ignoreCase) {
    return Glob.parse(pattern, ignoreCase);
  }

  /// A pattern as restic's `find` takes it: it may begin in any folder unless it begins with `/`,
  /// and what is below a match is a match.
  ///
  /// @throws InvalidInputException if it is no pattern
  static PathPattern restic(String pattern, boolean ignoreCase) {
    return Glob.parse(
            pattern.startsWith("/") || !pattern.contains("/") ? pattern : "**/" + pattern,
            ignoreCase)
        .withAllBelow();
  }

  /// A regular expression that is looked for anywhere in the absolute path.
  ///
  /// @throws InvalidInputException if it is none
  static PathPattern regex(String expression, boolean ignoreCase) {
    try {
      int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
      return new Regex(Pattern.compile(expression, flags));
    } catch (PatternSyntaxException e) {
      throw new InvalidInputException(
          "find.bad-regex",
          "'" + expression + "' is no regular expression: " + e.getDescription(),
          "write it as java.util.regex takes it, such as 'invoice-\\d+'");
    }
  }

  /// Needs the whole path.
  record Regex(Pattern pattern) implements PathPattern {

    @Override
    public long start() {
      return 0;
    }

    @Override
    public long step(long state, String name) {
      return 0;
    }

    @Override
    public boolean matches(long state, Supplier<String> path) {
      return pattern.matcher(path.get()).find();
    }

    @Override
    public boolean leadsOn(long state) {
      return true;
    }

    @Override
    public boolean stateSaysAll() {
      return false;
    }
  }
}
