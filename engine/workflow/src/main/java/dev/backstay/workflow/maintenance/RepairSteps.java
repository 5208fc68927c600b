package dev.backstay.workflow.maintenance;

import dev.backstay.model.Units;
import dev.backstay.repository.repair.IndexRepairPlan;
import dev.backstay.repository.repair.PackRepairPlan;
import dev.backstay.repository.repair.PackRepairPlan.DamagedPack;
import dev.backstay.repository.repair.SnapshotRepairPlan;
import dev.backstay.repository.repair.SnapshotRepairPlan.Change;
import dev.backstay.repository.repair.SnapshotRepairPlan.DamagedSnapshot;
import java.util.ArrayList;
import java.util.List;

/// The repository's plans as steps.
final class RepairSteps {

  private RepairSteps() {}

  static List<RepairStep> of(IndexRepairPlan plan) {
    List<RepairStep> steps = new ArrayList<>();
    add(steps, "index/", plan.damagedIndexes(), "replace", "cannot be read");
    add(steps, "data/", plan.missingPacks(), "drop", "does not exist any more");
    add(steps, "data/", plan.newPacks(), "add", "is in no index file");
    add(steps, "data/", plan.changedPacks(), "replace", "holds other blobs than the index says");
    add(steps, "data/", plan.repeatedPacks(), "tidy", "is named several times");
    return steps;
  }

  private static void add(
      List<RepairStep> steps, String folder, List<String> names, String action, String message) {
    names.forEach(name -> steps.add(new RepairStep(folder + name, action, message, List.of())));
  }

  static List<RepairStep> of(PackRepairPlan plan) {
    return plan.packs().stream().map(RepairSteps::step).toList();
  }

  private static RepairStep step(DamagedPack pack) {
    String message =
        Units.count(pack.blobs())
            + " blobs ("
            + Units.bytes(pack.bytes())
            + ") are saved, "
            + Units.count(pack.lost().size())
            + " are lost"
            + (pack.elsewhere() > 0
                ? ", " + Units.count(pack.elsewhere()) + " are intact in another pack"
                : "");
    List<String> details = new ArrayList<>(pack.problems());
    pack.lost().forEach(blob -> details.add("lost: " + blob));
    String action = pack.missing() ? "drop" : "salvage";
    return new RepairStep("data/" + pack.id(), action, message, details);
  }

  static List<RepairStep> of(SnapshotRepairPlan plan) {
    List<RepairStep> steps = new ArrayList<>();
    plan.snapshots().forEach(damaged -> steps.add(step(damaged, plan.forget())));
    for (String file : plan.damagedFiles()) {
      steps.add(
          new RepairStep(
              "snapshots/" + file,
              plan.forget() ? "forget" : "keep",
              "its file cannot be read: nothing of it can be found",
              List.of()));
    }
    return steps;
  }

  private static RepairStep step(DamagedSnapshot damaged, boolean forget) {
    List<String> details = new ArrayList<>();
    damaged.changes().forEach(change -> details.add(line(change)));
    if (damaged.more() > 0) {
      details.add("and " + Units.count(damaged.more()) + " more");
    }
    String item = "snapshots/" + damaged.snapshot().id();
    if (damaged.tree() == null) {
      return new RepairStep(
          item, forget ? "forget" : "keep", "its root folder is lost: nothing is left", details);
    }
    if (damaged.repairedAs() != null) {
      return new RepairStep(
          item, forget ? "forget" : "keep", "repaired already as " + damaged.repairedAs(), details);
    }
    String message = forget ? "is replaced" : "gets a repaired copy; the damaged one stays";
    return new RepairStep(item, forget ? "replace" : "add", message, details);
  }

  private static String line(Change change) {
    return change.path()
        + ": "
        + switch (change.what()) {
          case CONTENT_LOST -> Units.bytes(change.bytes()) + " are lost";
          case SIZE_CORRECTED -> "its size is corrected";
          case FOLDER_LOST -> "the folder's content is lost";
        };
  }
}
