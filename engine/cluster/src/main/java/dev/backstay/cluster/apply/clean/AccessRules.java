package dev.backstay.cluster.apply.clean;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Who may do what.
final class AccessRules {

  private AccessRules() {}

  /// Subjects that live in the namespace go with it.
  static void subjects(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    for (ObjectNode subject : ObjectFields.objects(object, "subjects")) {
      if (context.options().from().equals(ObjectFields.text(subject, "namespace"))) {
        subject.put("namespace", context.options().to());
      }
    }
  }
}
