package dev.backstay.cluster.apply.clean;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Finished Jobs stay out; others lose the labels by which their pods were found, and start anew.
final class JobRule implements KindRule {

  private static final List<String> GENERATED =
      List.of(
          "controller-uid",
          "job-name",
          "batch.kubernetes.io/controller-uid",
          "batch.kubernetes.io/job-name");

  @Override
  public @Nullable String leftOut(ObjectNode job, CleanContext context) {
    boolean finished =
        ObjectFields.objects(job, "status", "conditions").stream()
            .filter(c -> ObjectFields.text(c, "status").equals("True"))
            .map(c -> ObjectFields.text(c, "type"))
            .anyMatch(type -> type.equals("Complete") || type.equals("Failed"));
    return finished ? "a Job that has ended" : null;
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ObjectFields.removeFrom(object, GENERATED, "metadata", "labels");
    ObjectFields.removeFrom(
        object, List.of("batch.kubernetes.io/job-tracking"), "metadata", "annotations");
    ObjectFields.removeFrom(object, List.of("creationTimestamp"), "spec", "template", "metadata");
    ObjectFields.object(object, "spec").ifPresent(spec -> spec(spec, context, notes));
  }

  private static void spec(ObjectNode spec, CleanContext context, List<String> notes) {
    if (!ObjectFields.isTrue(spec, "manualSelector")) {
      ObjectFields.removeFrom(spec, GENERATED, "selector", "matchLabels");
      ObjectFields.object(spec, "selector")
          .filter(ObjectNode::isEmpty)
          .ifPresent(s -> spec.remove("selector"));
      ObjectFields.removeFrom(spec, GENERATED, "template", "metadata", "labels");
    }
    if (context.options().suspendCronJobs()) {
      spec.put("suspend", true);
      notes.add("suspended, as asked for");
    } else {
      notes.add("had not ended: it starts from its beginning");
    }
  }
}
