package dev.backstay.repository.local;

import dev.backstay.model.FilePath;
import java.util.Map;

/// Which paths of a folder are wanted: a rule for a path holds for everything below it, until a
/// rule for a longer path says otherwise. What no rule is about is left out, unless there is no
/// rule.
///
/// @param rules by path relative to the folder, whether it is wanted; empty for everything
public record PathScope(Map<FilePath, Boolean> rules) {

  public static final PathScope EVERYTHING = new PathScope(Map.of());

  public PathScope {
    rules = Map.copyOf(rules);
  }

  /// Whether a path itself is wanted.
  boolean covers(FilePath path) {
    FilePath at = path;
    while (true) {
      Boolean rule = rules.get(at);
      if (rule != null) {
        return rule;
      }
      if (at.isRoot()) {
        return rules.isEmpty();
      }
      at = at.parent();
    }
  }

  /// Whether a folder is wanted, or something below it.
  boolean leadsTo(FilePath folder) {
    return covers(folder)
        || rules.entrySet().stream()
            .anyMatch(rule -> rule.getValue() && isBelow(rule.getKey(), folder));
  }

  private static boolean isBelow(FilePath path, FilePath folder) {
    FilePath at = path;
    while (!at.isRoot()) {
      at = at.parent();
      if (at.equals(folder)) {
        return true;
      }
    }
    return false;
  }
}
