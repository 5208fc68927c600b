package dev.backstay.cluster.apply.clean;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A PV is only restored if nothing provisions it and its storage outlives it: made by hand, policy
/// Retain, and its PVC keeps its namespace. All others are provisioned anew and filled.
final class VolumeRule implements KindRule {

  private static final String PROVISIONED = "pv.kubernetes.io/provisioned-by";

  /// Whether the PV of that name is among what is restored.
  static boolean isRestored(CleanContext context, String name) {
    Optional<ObjectNode> volume = context.set().find("", "PersistentVolume", name);
    return volume.isPresent() && reason(volume.get(), context) == null;
  }

  @Override
  public @Nullable String leftOut(ObjectNode volume, CleanContext context) {
    return reason(volume, context);
  }

  private static @Nullable String reason(ObjectNode volume, CleanContext context) {
    boolean retained =
        ObjectFields.text(volume, "spec", "persistentVolumeReclaimPolicy").equals("Retain");
    if (ObjectFields.hasAnnotation(volume, PROVISIONED) || !retained) {
      return "a new volume is provisioned and filled";
    }
    if (context.options().moves()) {
      return "stays with namespace " + context.options().from();
    }
    String name = ObjectFields.text(volume, "spec", "storageClassName");
    return context.mapped(name).equals(name) ? null : "its PVC goes to another class";
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ObjectFields.removeFrom(object, ClaimRule.BINDING, "metadata", "annotations");
    ObjectFields.removeFrom(object, List.of("uid", "resourceVersion"), "spec", "claimRef");
    if (ObjectFields.object(object, "spec", "nodeAffinity").isPresent()) {
      notes.add("only reachable from the nodes or zones that it names");
    }
  }
}
