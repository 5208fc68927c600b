package dev.backstay.ui.restore;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.workflow.restore.ChosenParts;
import dev.backstay.workflow.restore.PlannedObject;
import dev.backstay.workflow.restore.PlannedVolume;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.RestorePreview;

/// `N files, M bytes, K manifests → target`, always.
final class RestoreTotals {

  private RestoreTotals() {}

  /// Before there is a plan: what was asked for.
  static String wished(RestoreViewModel model) {
    RestorePoint point = model.point();
    OpenCluster cluster = model.clusterProperty().get();
    String target =
        (cluster == null ? "?" : cluster.key().label())
            + " / "
            + (model.elsewhereProperty().get()
                ? model.namespaceProperty().get()
                : point.namespace());
    ChosenParts wish = model.wishProperty().get();
    return wish == null
        ? Texts.of(
            "restore.wished", Texts.count("count.parts", model.onlyProperty().get().size()), target)
        : total(wish.files(), wish.bytes(), wish.manifests(), target);
  }

  /// Whether the plan does nothing at all, because all is there already or cannot be made. What
  /// takes up a dead job at least ends that.
  static boolean nothing(RestorePlan plan) {
    RestorePreview preview = plan.preview();
    return plan.resumes().isEmpty()
        && preview.blockers().isEmpty()
        && preview.pauses().isEmpty()
        && preview.count(PlannedObject.Action.CREATE) == 0
        && preview.count(PlannedObject.Action.OVERWRITE) == 0
        && preview.volumes().stream().noneMatch(PlannedVolume::writes);
  }

  /// What the plan will do.
  static String planned(RestorePlan plan) {
    RestorePreview preview = plan.preview();
    long files =
        preview.volumes().stream()
            .filter(PlannedVolume::writes)
            .mapToLong(PlannedVolume::files)
            .sum();
    long bytes =
        preview.volumes().stream()
            .filter(PlannedVolume::writes)
            .mapToLong(PlannedVolume::bytes)
            .sum();
    long manifests =
        preview.count(PlannedObject.Action.CREATE) + preview.count(PlannedObject.Action.OVERWRITE);
    return total(files, bytes, manifests, preview.context() + " / " + preview.namespace());
  }

  private static String total(long files, long bytes, long manifests, String target) {
    return Texts.of(
        "restore.total",
        Texts.count("count.files", files),
        Amounts.bytes(bytes),
        Texts.count("count.manifests", manifests),
        target);
  }
}
