package dev.backstay.workflow.volumesnapshot;

import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.StorageClassInfo;
import java.util.List;
import java.util.Optional;

/// Which StorageClass a PVC from a VolumeSnapshot gets: one of the driver that holds the snapshot.
///
/// @param name the class, or empty if none fits
/// @param reason why, or why not
/// @param blocker what forbids it, if something does
record ClaimClass(String name, String reason, Optional<ItemFailure> blocker) {

  /// @param classes those of the cluster, as far as they may be read
  /// @param driver the driver of the VolumeSnapshot, or empty if unknown
  /// @param source the PVC that it was cut from, if that is still there
  /// @param wanted the class that the user names, or empty
  static ClaimClass choose(
      List<StorageClassInfo> classes, String driver, Optional<PvcInfo> source, String wanted) {
    if (!wanted.isEmpty()) {
      return named(classes, driver, wanted);
    }
    List<StorageClassInfo> own = classes.stream().filter(c -> c.driver().equals(driver)).toList();
    Optional<String> ofSource = source.map(PvcInfo::storageClass).filter(c -> !c.isEmpty());
    if (ofSource.filter(name -> fits(classes, driver, name)).isPresent()) {
      return chosen(ofSource.get(), "the class of the PVC it was cut from");
    }
    Optional<StorageClassInfo> standard =
        own.stream().filter(StorageClassInfo::isDefault).findFirst();
    if (standard.isPresent()) {
      return chosen(standard.get().name(), "the default class, of driver " + driver);
    }
    if (own.size() == 1) {
      return chosen(own.getFirst().name(), "the only class of driver " + driver);
    }
    String names = String.join(", ", own.stream().map(StorageClassInfo::name).toList());
    return own.isEmpty()
        ? none(
            driver.isEmpty()
                ? "the driver of the VolumeSnapshot is not known"
                : "there is no StorageClass of driver " + driver,
            "name a class with --class")
        : none("several classes are of driver " + driver, "name one with --class: " + names);
  }

  /// Where classes may not be read, a class of the source can only be believed.
  private static boolean fits(List<StorageClassInfo> classes, String driver, String name) {
    return classes.isEmpty()
        || classes.stream()
            .anyMatch(
                c -> c.name().equals(name) && (driver.isEmpty() || c.driver().equals(driver)));
  }

  private static ClaimClass named(List<StorageClassInfo> classes, String driver, String wanted) {
    Optional<StorageClassInfo> found =
        classes.stream().filter(c -> c.name().equals(wanted)).findFirst();
    if (found.isEmpty() && !classes.isEmpty()) {
      return none("there is no StorageClass " + wanted, "look at 'backstay classes'");
    }
    String other = found.map(StorageClassInfo::driver).orElse(driver);
    if (!driver.isEmpty() && !other.equals(driver)) {
      return none(
          "StorageClass " + wanted + " is of driver " + other + ", the VolumeSnapshot of " + driver,
          "name a class of driver " + driver);
    }
    return chosen(wanted, "named with --class");
  }

  private static ClaimClass chosen(String name, String reason) {
    return new ClaimClass(name, reason, Optional.empty());
  }

  private static ClaimClass none(String reason, String remedy) {
    return new ClaimClass(
        "",
        reason,
        Optional.of(
            new ItemFailure("storageclasses", "volumesnapshot.no-storage-class", reason, remedy)));
  }
}
