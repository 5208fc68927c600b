package dev.backstay.app.command;

import dev.backstay.app.output.Column;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.Sheet;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.restore.PlannedFile;
import dev.backstay.workflow.restore.PlannedFiles;
import dev.backstay.workflow.restore.PlannedObject;
import dev.backstay.workflow.restore.PlannedPause;
import dev.backstay.workflow.restore.PlannedVolume;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.RestorePreview;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How a restore's plan is shown.
final class RestoreView {

  private static final Sheet<PlannedObject> OBJECTS =
      new Sheet<>(
          "PlannedObject",
          List.of(
              Column.of("ACTION", o -> o.action().text()),
              Column.of("OBJECT", PlannedObject::object),
              Column.of("WHY", RestoreView::why),
              Column.wide("CHANGES", o -> String.join("; ", o.changes()))),
          RestoreView::fields,
          PlannedObject::object);

  private static final Sheet<PlannedVolume> VOLUMES =
      new Sheet<>(
          "PlannedVolume",
          List.of(
              Column.of("ACTION", v -> v.action().text()),
              Column.of("PVC", PlannedVolume::pvc),
              Column.of("CLASS", PlannedVolume::storageClass),
              Column.amount("FILES", v -> String.valueOf(v.files())),
              Column.amount("SIZE", v -> Sheets.size(v.bytes())),
              Column.of("PATHS", v -> String.join(", ", v.paths())),
              Column.of("METHOD", PlannedVolume::method),
              Column.of("LOSES", v -> String.join("; ", v.losses())),
              Column.of("WHY", PlannedVolume::reason)),
          RestoreView::fields,
          PlannedVolume::pvc);

  private static final Sheet<PlannedPause> PAUSES =
      new Sheet<>(
          "PlannedPause",
          List.of(
              Column.of("WORKLOAD", PlannedPause::workload),
              Column.amount("REPLICAS", p -> String.valueOf(p.replicas())),
              Column.of("WHY", PlannedPause::reason)),
          RestoreView::fields,
          PlannedPause::workload);

  private RestoreView() {}

  /// @param files by PVC, what happens to its files; empty unless they are wanted
  static PlanView of(RestorePlan plan, Map<String, PlannedFiles> files) {
    RestorePreview preview = plan.preview();
    List<ItemFailure> warnings = new ArrayList<>(preview.missing());
    warnings.addAll(preview.warnings());
    return new PlanView(
        title(plan),
        List.of(
            new PlanView.Part<>("Objects", OBJECTS, preview.objects()),
            new PlanView.Part<>("Volumes", VOLUMES, preview.volumes()),
            new PlanView.Part<>("Stopped while volumes are written", PAUSES, preview.pauses())),
        document(plan, files),
        preview.blockers(),
        warnings);
  }

  private static String title(RestorePlan plan) {
    RestorePreview preview = plan.preview();
    return "Restore "
        + preview.point().shortId()
        + " (namespace "
        + preview.point().namespace()
        + ", "
        + preview.point().time()
        + ") into namespace "
        + preview.namespace()
        + (preview.createsNamespace() ? " (new)" : "")
        + " of context "
        + preview.context()
        + ": "
        + Stream.of(PlannedObject.Action.values())
            .filter(action -> preview.count(action) > 0)
            .map(action -> preview.count(action) + " " + action.text())
            .reduce((a, b) -> a + ", " + b)
            .orElse("no objects")
        + (preview.safetyBackUp() ? ". What it replaces gets a restore point first." : ".")
        + plan.resumes().map(job -> " Takes up job " + job + ".").orElse("");
  }

  private static Fields document(RestorePlan plan, Map<String, PlannedFiles> files) {
    RestorePreview preview = plan.preview();
    return Fields.ofKind("RestorePlan")
        .put("restorePoint", PointSheet.fields(preview.point()))
        .put("context", preview.context())
        .put("namespace", preview.namespace())
        .put("createsNamespace", preview.createsNamespace())
        .put("blocked", plan.blocked())
        .put("destroys", plan.destroys())
        .put("resumes", plan.resumes().orElse(null))
        .put("objects", preview.objects().stream().map(RestoreView::fields).toList())
        .put("volumes", preview.volumes().stream().map(v -> fields(v, files)).toList())
        .put("pauses", preview.pauses().stream().map(RestoreView::fields).toList())
        .put("safetyRestorePoint", preview.safetyBackUp())
        .put("missingPermissions", preview.missing())
        .put("blockers", preview.blockers())
        .put("warnings", preview.warnings());
  }

  private static String why(PlannedObject object) {
    return Stream.concat(Stream.of(object.reason()), object.notes().stream())
        .filter(text -> !text.isEmpty())
        .reduce((a, b) -> a + "; " + b)
        .orElse("");
  }

  private static Fields fields(PlannedObject object) {
    return new Fields()
        .put("object", object.object())
        .put("kind", object.kind())
        .put("name", object.name())
        .put("namespace", object.namespace())
        .put("action", object.action().text())
        .put("reason", object.reason())
        .put("notes", object.notes())
        .put("changes", object.changes());
  }

  private static Fields fields(PlannedVolume volume) {
    return new Fields()
        .put("pvc", volume.pvc())
        .put("action", volume.action().text())
        .put("storageClass", volume.storageClass())
        .put("capacity", Sheets.sizeOrNull(volume.capacity()))
        .put("files", volume.files())
        .put("bytes", volume.bytes())
        .put("method", volume.method())
        .put("paths", volume.paths())
        .put("losses", volume.losses())
        .put("reason", volume.reason());
  }

  private static Fields fields(PlannedVolume volume, Map<String, PlannedFiles> files) {
    Fields fields = fields(volume);
    PlannedFiles known = files.get(volume.pvc());
    return known == null ? fields : fields.put("changes", fields(known));
  }

  private static Fields fields(PlannedFiles files) {
    Fields counts = new Fields();
    for (PlannedFile.Action action : PlannedFile.Action.values()) {
      if (files.counts().containsKey(action)) {
        counts.put(action.text(), files.counts().get(action));
      }
    }
    return new Fields()
        .put("counts", counts)
        .put("unknown", files.unknown().isEmpty() ? null : files.unknown())
        .put("cut", files.cut())
        .put("files", files.files().stream().map(RestoreView::fields).toList());
  }

  private static Fields fields(PlannedFile file) {
    return new Fields()
        .put("path", file.path())
        .put("action", file.action().text())
        .put("bytes", file.bytes())
        .put("reason", file.reason());
  }

  private static Fields fields(PlannedPause pause) {
    return new Fields()
        .put("workload", pause.workload())
        .put("replicas", pause.replicas())
        .put("reason", pause.reason());
  }
}
