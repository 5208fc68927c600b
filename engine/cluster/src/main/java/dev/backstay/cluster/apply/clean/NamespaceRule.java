package dev.backstay.cluster.apply.clean;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A namespace keeps its labels (Pod Security, meshes) and annotations.
final class NamespaceRule implements KindRule {

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    object.remove("spec"); // only the namespace controller's finalizer
    ObjectFields.object(object, "metadata").ifPresent(m -> m.put("name", context.options().to()));
    ObjectFields.removeFrom(object, List.of("kubernetes.io/metadata.name"), "metadata", "labels");
    if (ObjectFields.hasAnnotation(object, "openshift.io/sa.scc.uid-range")) {
      notes.add("keeps its range of user ids, which has to fit its files' owners");
    }
  }
}
