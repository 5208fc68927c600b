package dev.backstay.ui.browse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// What is chosen in a restore point: a rule for a path holds for everything below it, until a rule
/// for a longer path says otherwise. A hundred thousand files under a chosen folder cost one rule.
/// Nothing chosen means nothing.
public final class PathRules {

  /// How much of a path is chosen.
  public enum Chosen {
    NONE,
    SOME,
    ALL
  }

  private final NavigableMap<String, Boolean> rules = new TreeMap<>();

  /// Chooses a path and everything below it, or takes it out.
  public void set(String path, boolean chosen) {
    rules.tailMap(path + "/", true).keySet().removeIf(below -> below.startsWith(path + "/"));
    rules.remove(path);
    if (inherited(path) != chosen) {
      rules.put(path, chosen);
    }
  }

  public void clear() {
    rules.clear();
  }

  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /// The same rules, whatever becomes of these.
  public PathRules copy() {
    PathRules copy = new PathRules();
    copy.rules.putAll(rules);
    return copy;
  }

  /// What the rules above it say.
  private boolean inherited(String path) {
    for (String above = parent(path); !above.isEmpty(); above = parent(above)) {
      Boolean rule = rules.get(above);
      if (rule != null) {
        return rule;
      }
    }
    return false;
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "" : path.substring(0, slash);
  }

  /// Whether a path itself is chosen.
  public boolean includes(String path) {
    Boolean own = rules.get(path);
    return own == null ? inherited(path) : own;
  }

  /// How much of what is at and below a path.
  public Chosen of(String path) {
    boolean own = includes(path);
    boolean otherwise =
        rules.tailMap(path + "/", true).entrySet().stream()
            .takeWhile(e -> e.getKey().startsWith(path + "/"))
            .anyMatch(e -> e.getValue() != own);
    if (otherwise) {
      return Chosen.SOME;
    }
    return own ? Chosen.ALL : Chosen.NONE;
  }

  /// Paths that are chosen, without those that a chosen one above them brings along.
  public List<String> included() {
    return paths(true);
  }

  /// Paths that are taken out again below a chosen one.
  public List<String> excluded() {
    return paths(false);
  }

  /// Every rule: whether a path is chosen.
  public Map<String, Boolean> all() {
    return Map.copyOf(rules);
  }

  /// The innermost folder that holds all that is chosen; `/` if nothing is.
  public String commonFolder() {
    String common = null;
    for (String path : included()) {
      String folder = parent(path);
      while (common != null && !(folder + "/").startsWith(common + "/")) {
        common = parent(common);
      }
      common = common == null ? folder : common;
    }
    return common == null || common.isEmpty() ? "/" : common;
  }

  private List<String> paths(boolean chosen) {
    List<String> found = new ArrayList<>();
    rules.forEach((path, rule) -> {
      if (rule == chosen) {
        found.add(path);
      }
    });
    return found;
  }
}
