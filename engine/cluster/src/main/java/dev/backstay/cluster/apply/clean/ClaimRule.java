package dev.backstay.cluster.apply.clean;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A PVC comes back unbound, in the class that it is mapped to; its data is written into it.
final class ClaimRule implements KindRule {

  static final List<String> BINDING =
      List.of(
          "pv.kubernetes.io/bind-completed",
          "pv.kubernetes.io/bound-by-controller",
          "volume.beta.kubernetes.io/storage-provisioner",
          "volume.kubernetes.io/storage-provisioner",
          "volume.kubernetes.io/selected-node",
          "volume.kubernetes.io/storage-resizer");

  private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ObjectFields.removeFrom(object, BINDING, "metadata", "annotations");
    String oldClass = ObjectFields.annotation(object, OLD_CLASS);
    if (!oldClass.isEmpty()) {
      ObjectFields.object(object, "metadata", "annotations")
          .ifPresent(annotations -> annotations.put(OLD_CLASS, context.mapped(oldClass)));
    }
    ObjectFields.object(object, "spec").ifPresent(spec -> spec(spec, context, notes));
    if (ObjectFields.text(stored, "status", "phase").equals("Lost")) {
      notes.add("it had lost its volume when it was backed up");
    }
  }

  private static void spec(ObjectNode spec, CleanContext context, List<String> notes) {
    String volume = ObjectFields.text(spec, "volumeName");
    if (!VolumeRule.isRestored(context, volume)) {
      spec.remove("volumeName");
    }
    spec.remove(List.of("dataSource", "dataSourceRef"));
    mapClass(spec, context);
    if (spec.has("selector") && !spec.has("volumeName")) {
      notes.add("asks for a volume by its labels, which nothing provisions by itself");
    }
  }

  static void mapClass(ObjectNode spec, CleanContext context) {
    String name = ObjectFields.text(spec, "storageClassName");
    if (!name.isEmpty()) {
      String mapped = context.mapped(name);
      spec.put("storageClassName", mapped);
      if (!mapped.equals(name)) {
        spec.remove("volumeAttributesClassName");
      }
    }
  }
}
