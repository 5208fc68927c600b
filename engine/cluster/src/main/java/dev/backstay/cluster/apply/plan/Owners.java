package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.model.ItemFailure;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Who else looks after the objects and may undo what a restore does: GitOps controllers and Helm.
final class Owners {

  private Owners() {}

  static List<ItemFailure> warnings(List<PlannedManifest> objects) {
    Map<String, Integer> counts = new TreeMap<>();
    for (PlannedManifest object : objects) {
      String owner = object.writes() && object.object() != null ? owner(object.object()) : null;
      if (owner != null) {
        counts.merge(owner, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream().map(e -> warning(e.getKey(), e.getValue())).toList();
  }

  private static ItemFailure warning(String owner, int objects) {
    boolean helm = owner.startsWith("Helm");
    return new ItemFailure(
        owner,
        "restore.other-owner",
        objects
            + (objects == 1 ? " object belongs to " : " objects belong to ")
            + owner
            + (helm ? ", whose next upgrade may change it" : ", which may undo the restore"),
        helm ? "restore Helm's release Secret too" : "pause it while you restore");
  }

  /// For messages: `Argo CD application shop`; null if nobody.
  static @Nullable String owner(ObjectNode object) {
    String argo = ObjectFields.annotation(object, "argocd.argoproj.io/tracking-id");
    if (!argo.isEmpty()) {
      return "Argo CD application " + argo.split(":", 2)[0];
    }
    String instance = ObjectFields.label(object, "argocd.argoproj.io/instance");
    if (!instance.isEmpty()) {
      return "Argo CD application " + instance;
    }
    String flux = ObjectFields.label(object, "kustomize.toolkit.fluxcd.io/name");
    if (!flux.isEmpty()) {
      return "Flux kustomization " + flux;
    }
    String release = ObjectFields.label(object, "helm.toolkit.fluxcd.io/name");
    if (!release.isEmpty()) {
      return "Flux release " + release;
    }
    String helm = ObjectFields.annotation(object, "meta.helm.sh/release-name");
    return helm.isEmpty() ? null : "Helm release " + helm;
  }
}
