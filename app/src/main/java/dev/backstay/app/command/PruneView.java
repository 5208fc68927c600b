package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Printer;
import dev.backstay.model.Units;
import dev.backstay.workflow.repository.PruneRepositoryOutcome;
import dev.backstay.workflow.repository.PruneRepositoryPlan;
import dev.backstay.workflow.repository.PruneRepositoryPlan.Amounts;

/// How a prune and its plan are shown.
final class PruneView {

  private PruneView() {}

  static void print(Printer printer, PruneRepositoryPlan plan) {
    Amounts a = plan.amounts();
    printer.line(
        "Needed by "
            + Units.count(a.snapshots())
            + (a.snapshots() == 1 ? " snapshot: " : " snapshots: ")
            + Units.bytes(a.usedBytes())
            + "; unused "
            + Units.bytes(a.unusedBytes())
            + ", copies "
            + Units.bytes(a.duplicateBytes()));
    printer.line(
        "Packs: "
            + Units.count(a.packsToKeep())
            + " stay, "
            + Units.count(a.packsToRepack())
            + " are repacked ("
            + Units.bytes(a.repackBytes())
            + "), "
            + Units.count(a.packsToRemove())
            + " go, "
            + Units.count(a.strayPacks())
            + " are in no index");
    if (a.ripePacks() + a.restingPacks() > 0) {
      printer.line(
          "Set aside before: "
              + Units.count(a.ripePacks())
              + " packs are deleted now ("
              + Units.bytes(a.ripeBytes())
              + "), "
              + Units.count(a.restingPacks())
              + " wait ("
              + Units.bytes(a.restingBytes())
              + ")");
    }
    printer.line(
        "Frees "
            + Units.bytes(a.freedBytes())
            + " in the end; unused then: "
            + Units.bytes(a.unusedBytesAfter()));
  }

  static void print(Printer printer, PruneRepositoryOutcome outcome) {
    printer.line(
        "Deleted "
            + Units.count(outcome.packsDeleted())
            + " packs ("
            + Units.bytes(outcome.bytesFreed())
            + "), wrote "
            + Units.count(outcome.packsWritten())
            + " ("
            + Units.bytes(outcome.bytesWritten())
            + ")");
    if (outcome.packsSetAside() > 0) {
      printer.line(
          "Set aside "
              + Units.count(outcome.packsSetAside())
              + " packs ("
              + Units.bytes(outcome.bytesSetAside())
              + "): a later prune deletes them, when those who write now have finished");
    }
    if (outcome.packsBroughtBack() > 0) {
      printer.line(
          "Brought back "
              + Units.count(outcome.packsBroughtBack())
              + " packs that are needed after all");
    }
  }

  static Fields fields(PruneRepositoryPlan plan) {
    Amounts a = plan.amounts();
    return new Fields()
        .put("snapshots", a.snapshots())
        .put("usedBytes", a.usedBytes())
        .put("duplicateBytes", a.duplicateBytes())
        .put("unusedBytes", a.unusedBytes())
        .put("packs", a.packs())
        .put("packsToKeep", a.packsToKeep())
        .put("packsToRepack", a.packsToRepack())
        .put("packsToRemove", a.packsToRemove())
        .put("strayPacks", a.strayPacks())
        .put("repackBytes", a.repackBytes())
        .put("ripePacks", a.ripePacks())
        .put("ripeBytes", a.ripeBytes())
        .put("restingPacks", a.restingPacks())
        .put("restingBytes", a.restingBytes())
        .put("freedBytes", a.freedBytes())
        .put("unusedBytesAfter", a.unusedBytesAfter())
        .put("obstacles", plan.obstacles());
  }

  static Fields fields(PruneRepositoryOutcome outcome) {
    return new Fields()
        .put("packsDeleted", outcome.packsDeleted())
        .put("bytesFreed", outcome.bytesFreed())
        .put("packsSetAside", outcome.packsSetAside())
        .put("bytesSetAside", outcome.bytesSetAside())
        .put("packsWritten", outcome.packsWritten())
        .put("bytesWritten", outcome.bytesWritten())
        .put("packsBroughtBack", outcome.packsBroughtBack())
        .put("postponed", outcome.postponed());
  }
}
