package dev.backstay.cluster.inventory;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.model.Ability;
import dev.backstay.model.Listing;
import dev.backstay.model.SnapshotClassChoice;
import dev.backstay.model.StorageClassInfo;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// StorageClasses and what can be inferred of their drivers.
final class StorageClasses {

  private static final List<String> DEFAULT_ANNOTATIONS =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");

  private final Reading reading;
  private final SnapshotClasses singles;
  private final SnapshotClasses groups;

  StorageClasses(ClusterConnection connection, ServedTypes types) {
    this.reading = new Reading(connection);
    this.singles = SnapshotClasses.single(types, reading);
    this.groups = SnapshotClasses.groups(types, reading);
  }

  Listing<StorageClassInfo> list() {
    List<StorageClassInfo> classes = new ArrayList<>();
    reading.each(Kind.STORAGE_CLASS, "", o -> classes.add(info(o)));
    return new Listing<>(classes, reading.warnings());
  }

  private StorageClassInfo info(JsonNode object) {
    String driver = object.path("provisioner").asString("");
    JsonNode annotations = object.path("metadata").path("annotations");
    SnapshotClassChoice single = singles.choose(driver, "");
    SnapshotClassChoice group = groups.choose(driver, "");
    boolean expands = object.path("allowVolumeExpansion").asBoolean(false);
    return new StorageClassInfo(
        object.path("metadata").path("name").asString(""),
        driver,
        DEFAULT_ANNOTATIONS.stream().anyMatch(a -> annotations.path(a).asString("").equals("true")),
        object.path("reclaimPolicy").asString("Delete"),
        object.path("volumeBindingMode").asString("Immediate"),
        singles.ability(driver, single),
        cloning(driver),
        expands
            ? Ability.yes("allowVolumeExpansion of the class")
            : Ability.no("the class does not allow it"),
        groups.ability(driver, group),
        single,
        group);
  }

  private static Ability cloning(String driver) {
    return driver.startsWith("kubernetes.io/")
        ? Ability.no("driver " + driver + " is not a CSI driver")
        : Ability.unknown("no API tells whether driver " + driver + " clones");
  }
}
