package dev.backstay.workflow.restore;

import dev.backstay.cluster.mover.FileScope;
import dev.backstay.model.FilePath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Which paths of a volume a restore is about: a rule for a path holds for everything below it,
/// until a rule for a longer path says otherwise.
///
/// @param rules by path, whether it is wanted; empty for the whole volume
record VolumePaths(Map<FilePath, Boolean> rules) implements FileScope {

  static final VolumePaths WHOLE = new VolumePaths(Map.of());

  VolumePaths {
    rules = Map.copyOf(rules);
  }

  /// The whole volume but for what is left out; what is wanted again below that stays.
  static VolumePaths wholeBut(Map<FilePath, Boolean> paths) {
    Map<FilePath, Boolean> kept = new HashMap<>(paths);
    kept.putIfAbsent(FilePath.ROOT, true);
    return kept.containsValue(false) ? new VolumePaths(kept) : WHOLE;
  }

  boolean whole() {
    return rules.isEmpty();
  }

  @Override
  public boolean covers(FilePath path) {
    FilePath at = path;
    while (true) {
      Boolean rule = rules.get(at);
      if (rule != null) {
        return rule;
      }
      if (at.isRoot()) {
        return rules.values().stream().noneMatch(wanted -> wanted);
      }
      at = at.parent();
    }
  }

  /// Whether something below a folder is wanted.
  boolean below(FilePath folder) {
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

  /// The paths that are wanted, without those that are taken out.
  List<FilePath> wanted() {
    return rules.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /// As the command line writes them, without the PVC.
  List<String> text() {
    return new TreeMap<>(rules)
        .entrySet().stream()
            .filter(rule -> !(rule.getKey().isRoot() && Objects.requireNonNull(rule.getValue())))
            .map(rule -> (Objects.requireNonNull(rule.getValue()) ? "" : "!") + rule.getKey())
            .toList();
  }
}
