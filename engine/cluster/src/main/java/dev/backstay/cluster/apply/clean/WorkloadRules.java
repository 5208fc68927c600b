package dev.backstay.cluster.apply.clean;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What makes pods.
final class WorkloadRules {

  private WorkloadRules() {}

  static void template(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ObjectFields.removeFrom(object, List.of("creationTimestamp"), "spec", "template", "metadata");
    ObjectFields.removeFrom(
        object, List.of("deployment.kubernetes.io/revision"), "metadata", "annotations");
  }

  static void daemons(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    template(object, stored, context, notes);
    ObjectFields.removeFrom(
        object, List.of("deprecated.daemonset.template.generation"), "metadata", "annotations");
  }

  /// Its PVCs are restored before it, under the names that it expects; the class is mapped in both.
  static void claimTemplates(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    template(object, stored, context, notes);
    for (ObjectNode claim : ObjectFields.objects(object, "spec", "volumeClaimTemplates")) {
      claim.remove("status");
      ObjectFields.removeFrom(claim, List.of("creationTimestamp"), "metadata");
      ObjectFields.object(claim, "spec").ifPresent(spec -> ClaimRule.mapClass(spec, context));
    }
    ObjectNode spec = ObjectFields.object(object, "spec").orElseGet(() -> object.putObject("spec"));
    if (ObjectFields.text(spec, "persistentVolumeClaimRetentionPolicy", "whenScaled")
        .equals("Delete")) {
      notes.add("deletes PVCs when it is scaled down");
    }
  }

  static void cronJob(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    ObjectFields.removeFrom(
        object, List.of("creationTimestamp"), "spec", "jobTemplate", "metadata");
    ObjectFields.removeFrom(
        object,
        List.of("creationTimestamp"),
        "spec",
        "jobTemplate",
        "spec",
        "template",
        "metadata");
    boolean running = !ObjectFields.isTrue(object, "spec", "suspend");
    if (running && context.options().suspendCronJobs()) {
      ObjectFields.object(object, "spec").ifPresent(spec -> spec.put("suspend", true));
      notes.add("suspended, as asked for");
    }
  }
}
