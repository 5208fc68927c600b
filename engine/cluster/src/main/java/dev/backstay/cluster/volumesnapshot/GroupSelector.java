package dev.backstay.cluster.volumesnapshot;

import dev.backstay.cluster.connection.Json;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// A label selector that takes certain PVCs of a namespace and no other. It is made of equalities
/// alone: the snapshot controller passes over `matchExpressions` and would take too many
/// (external-snapshotter 8.7, `groupsnapshot_controller_helper.go`).
///
/// @param labels all of them must be there; never empty
public record GroupSelector(Map<String, String> labels) {

  public GroupSelector {
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /// By one label.
  public static GroupSelector of(String key, String value) {
    return new GroupSelector(Map.of(key, value));
  }

  /// All that the chosen ones have in common.
  ///
  /// @param all the labels of every PVC of the namespace, by name
  /// @param chosen names of those to take, all of them in the namespace
  /// @return empty if that does not tell them from the others
  public static Optional<GroupSelector> fitting(
      Map<String, Map<String, String>> all, Set<String> chosen) {
    Map<String, String> common = new TreeMap<>();
    all.entrySet().stream()
        .filter(pvc -> chosen.contains(pvc.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .ifPresent(common::putAll);
    all.forEach((name, labels) -> {
      if (chosen.contains(name)) {
        common.entrySet().retainAll(labels.entrySet());
      }
    });
    GroupSelector selector = new GroupSelector(common);
    return common.isEmpty() || !selector.taken(all).equals(chosen)
        ? Optional.empty()
        : Optional.of(selector);
  }

  private Set<String> taken(Map<String, Map<String, String>> all) {
    return all.entrySet().stream()
        .filter(pvc -> pvc.getValue().entrySet().containsAll(labels.entrySet()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /// As the spec of a VolumeGroupSnapshot holds it.
  public ObjectNode toJson() {
    ObjectNode selector = Json.object();
    ObjectNode match = selector.putObject("matchLabels");
    labels.forEach(match::put);
    return selector;
  }

  /// As kubectl writes it: `app=shop,tier=db`.
  @Override
  public String toString() {
    return labels.entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }
}
