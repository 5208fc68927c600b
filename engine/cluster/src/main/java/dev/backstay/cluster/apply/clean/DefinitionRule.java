package dev.backstay.cluster.apply.clean;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Custom resource definitions.
final class DefinitionRule implements KindRule {

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    if (ObjectFields.isTrue(object, "spec", "preserveUnknownFields")) {
      ObjectFields.object(object, "spec")
          .ifPresent(spec -> spec.put("preserveUnknownFields", false));
      notes.add("unknown fields are no longer preserved, which v1 demands");
    }
    String service =
        ObjectFields.text(
            object, "spec", "conversion", "webhook", "clientConfig", "service", "name");
    if (!service.isEmpty()) {
      notes.add("its versions are converted by Service " + service + ", which has to run");
    }
  }
}
