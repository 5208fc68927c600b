package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.inventory.SnapshotClasses;
import dev.backstay.cluster.inventory.SnapshotClasses.SnapshotClass;
import dev.backstay.model.Ability;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.SnapshotClassChoice;
import java.util.Optional;

/// Whether a VolumeSnapshot can be taken of a PVC, and by which class.
final class Choices {

  private final SnapshotClasses classes;

  Choices(SnapshotClasses classes) {
    this.classes = classes;
  }

  /// @param wanted the VolumeSnapshotClass that the user names, or empty
  SnapshotClassChoice choose(PvcInfo pvc, String wanted) {
    SnapshotClassChoice choice =
        wanted.isEmpty()
            ? pvc.snapshotClass()
            : new SnapshotClassChoice(wanted, "named with --class");
    if (!choice.chosen()) {
      return choice;
    }
    return classes
        .unfit(choice.name(), pvc.driver())
        .map(reason -> new SnapshotClassChoice("", reason))
        .orElse(choice);
  }

  String deletionPolicy(String name) {
    return classes.byName(name).map(SnapshotClass::deletionPolicy).orElse("");
  }

  /// What keeps a PVC from being taken by any class, alone or in a group.
  static Optional<ItemFailure> unbound(PvcInfo pvc) {
    if (pvc.phase().equals("Bound")) {
      return Optional.empty();
    }
    return Optional.of(
        new ItemFailure(
            item(pvc),
            "volumesnapshot.unbound",
            "PVC " + pvc.name() + " is " + pvc.phase() + ": it has no volume yet",
            pvc.phase().equals("Pending")
                ? "start a pod that uses it, and look at its events if it stays Pending"
                : "its volume is gone: restore it from a restore point"));
  }

  /// What keeps a PVC from being taken by itself.
  static Optional<ItemFailure> blocker(PvcInfo pvc, SnapshotClassChoice choice) {
    if (choice.chosen()) {
      return Optional.empty();
    }
    boolean never = pvc.snapshot().answer() == Ability.Answer.NO;
    boolean several = choice.reason().startsWith("several");
    String reason = never ? pvc.snapshot().source() : choice.reason();
    return Optional.of(
        new ItemFailure(
            item(pvc),
            several ? "volumesnapshot.several-classes" : "volumesnapshot.no-class",
            "no VolumeSnapshot of PVC " + pvc.name() + ": " + reason,
            several
                ? "name one with --class, or mark one as the default"
                : "look at 'backstay classes'; 'backstay backup' reads PVCs without one too"));
  }

  static String item(PvcInfo pvc) {
    return "persistentvolumeclaims/" + pvc.name();
  }
}
