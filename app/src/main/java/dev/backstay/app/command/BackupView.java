package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.backup.BackUpPlan;
import dev.backstay.workflow.backup.PlannedRead;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// How a back-up's plan is shown.
final class BackupView {

  private static final Sheet<Map.Entry<String, Long>> OBJECTS =
      new Sheet<>(
          "PlannedKind",
          List.of(
              Column.of("KIND", Map.Entry::getKey),
              Column.amount("OBJECTS", entry -> String.valueOf(entry.getValue()))),
          entry -> new Fields().put(entry.getKey(), entry.getValue()),
          Map.Entry::getKey);

  private static final Sheet<PlannedRead> VOLUMES =
      new Sheet<>(
          "PlannedVolume",
          List.of(
              Column.of("PVC", PlannedRead::pvc),
              Column.of("METHOD", read -> method(read)),
              Column.of("CONSISTENCY", PlannedRead::consistency),
              Column.amount("CAPACITY", read -> Sheets.size(read.capacity())),
              Column.amount("LAST SIZE", read -> Sheets.size(read.lastBytes())),
              Column.of("LOSES", read -> String.join("; ", read.losses())),
              Column.of("WHY", read -> String.join("; ", read.reasons())),
              Column.wide("CLASS", PlannedRead::storageClass),
              Column.wide("SNAPSHOT CLASS", PlannedRead::snapshotClass)),
          BackupView::fields,
          PlannedRead::pvc);

  private BackupView() {}

  static PlanView of(BackUpPlan plan) {
    List<Map.Entry<String, Long>> kinds = List.copyOf(new TreeMap<>(plan.objects()).entrySet());
    List<ItemFailure> warnings = new ArrayList<>(plan.unreadable());
    plan.volumes().forEach(read -> warnings.addAll(read.blockers()));
    return new PlanView(
        title(plan),
        List.of(
            new PlanView.Part<>("Objects", OBJECTS, kinds),
            new PlanView.Part<>("Volumes", VOLUMES, plan.volumes()),
            new PlanView.Part<>("Left out", Sheets.LINES, plan.leftOut()),
            new PlanView.Part<>("Missing permissions", Sheets.LINES, plan.missingRights()),
            new PlanView.Part<>(
                "Made in the cluster, and removed again", Sheets.LINES, plan.temporary())),
        document(plan),
        plan.blockers(),
        warnings);
  }

  private static String title(BackUpPlan plan) {
    long objects = plan.objects().values().stream().mapToLong(Long::longValue).sum();
    String parent = plan.parent();
    return "Back up namespace "
        + plan.namespace()
        + " of context "
        + plan.context()
        + " into "
        + plan.repository()
        + ": "
        + objects
        + " objects, "
        + plan.volumes().size()
        + " volumes"
        + (parent == null
            ? ", the first restore point."
            : ", compared with restore point " + parent.substring(0, 8) + ".")
        + plan.resumes().map(job -> " Takes up job " + job + ".").orElse("");
  }

  private static Fields document(BackUpPlan plan) {
    return Fields.ofKind("BackupPlan")
        .put("context", plan.context())
        .put("clusterId", plan.clusterId())
        .put("namespace", plan.namespace())
        .put("repository", plan.repository())
        .put("parent", plan.parent())
        .put("resumes", plan.resumed())
        .put("blocked", plan.blocked())
        .put("destroys", plan.destroys())
        .put("objects", new TreeMap<>(plan.objects()))
        .put("volumes", plan.volumes().stream().map(BackupView::fields).toList())
        .put("leftOut", plan.leftOut())
        .put("unreadable", plan.unreadable())
        .put("missingPermissions", plan.missingRights())
        .put("temporary", plan.temporary())
        .put("blockers", plan.blockers());
  }

  private static Fields fields(PlannedRead read) {
    return new Fields()
        .put("pvc", read.pvc())
        .put("storageClass", read.storageClass())
        .put("capacity", Sheets.sizeOrNull(read.capacity()))
        .put("method", method(read))
        .put("volumeSnapshotClass", read.snapshotClass())
        .put("consistency", read.consistency())
        .put("losses", read.losses())
        .put("reasons", read.reasons())
        .put("blockers", read.blockers())
        .put("lastBytes", Sheets.sizeOrNull(read.lastBytes()));
  }

  private static String method(PlannedRead read) {
    return read.method().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
