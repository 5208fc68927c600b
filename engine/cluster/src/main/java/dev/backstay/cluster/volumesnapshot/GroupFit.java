package dev.backstay.cluster.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.inventory.Inventory;
import dev.backstay.cluster.inventory.SnapshotClasses;
import dev.backstay.cluster.temporary.TemporaryGroup;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.SnapshotClassChoice;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Whether a VolumeGroupSnapshot can take certain PVCs at one moment.
///
/// @param type the kind as the server serves it, null if it does not
/// @param groupClass the VolumeGroupSnapshotClass that serves them, or empty
/// @param deletionPolicy that class's, or empty if unknown
/// @param selector what takes exactly them, null if their labels do not tell them apart
/// @param reason why, or why not
public record GroupFit(
    @Nullable ResourceType type,
    String groupClass,
    String deletionPolicy,
    @Nullable GroupSelector selector,
    String reason) {

  /// Whether nothing is missing but a label that fits.
  public boolean served() {
    return type != null && !groupClass.isEmpty();
  }

  /// Whether nothing is missing.
  public boolean fits() {
    return served() && selector != null;
  }

  private static GroupFit no(@Nullable ResourceType type, String reason) {
    return new GroupFit(type, "", "", null, reason);
  }

  /// Asks the server.
  ///
  /// @param pvcs bound PVCs of one namespace; at least one
  /// @param wanted the VolumeGroupSnapshotClass that the user names, or empty
  public static GroupFit of(
      ClusterConnection connection, ServedTypes types, Collection<PvcInfo> pvcs, String wanted) {
    Optional<ResourceType> type = TemporaryGroup.type(types);
    if (type.isEmpty()) {
      return no(null, "the cluster serves no VolumeGroupSnapshot API");
    }
    Set<String> drivers = pvcs.stream().map(PvcInfo::driver).collect(Collectors.toSet());
    if (drivers.size() != 1) {
      return no(type.get(), "they are of several drivers: " + String.join(", ", drivers));
    }
    String driver = drivers.iterator().next();
    SnapshotClasses classes = new Inventory(connection, types).groupClasses();
    SnapshotClassChoice choice =
        wanted.isEmpty()
            ? classes.choose(driver, "")
            : classes
                .unfit(wanted, driver)
                .map(reason -> new SnapshotClassChoice("", reason))
                .orElseGet(() -> new SnapshotClassChoice(wanted, "named"));
    if (!choice.chosen()) {
      return no(type.get(), choice.reason());
    }
    String policy =
        classes.byName(choice.name()).map(SnapshotClasses.SnapshotClass::deletionPolicy).orElse("");
    Optional<GroupSelector> selector = selector(connection, pvcs);
    return new GroupFit(
        type.get(),
        choice.name(),
        policy,
        selector.orElse(null),
        selector
            .map(s -> "VolumeGroupSnapshotClass " + choice.name() + ", labels " + s)
            .orElse("no labels select exactly these PVCs of the namespace"));
  }

  /// A selector that takes these PVCs and none of the others that the namespace has now.
  public static Optional<GroupSelector> selector(
      ClusterConnection connection, Collection<PvcInfo> pvcs) {
    String namespace = pvcs.iterator().next().namespace();
    Map<String, Map<String, String>> labels = new TreeMap<>();
    connection
        .list(TemporaryObject.PVC.path(namespace), Query.NONE)
        .forEachRemaining(pvc -> labels.put(pvc.at("/metadata/name").asString(""), labels(pvc)));
    return GroupSelector.fitting(
        labels, pvcs.stream().map(PvcInfo::name).collect(Collectors.toSet()));
  }

  private static Map<String, String> labels(JsonNode pvc) {
    return pvc.at("/metadata/labels")
        .propertyStream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asString("")));
  }
}
