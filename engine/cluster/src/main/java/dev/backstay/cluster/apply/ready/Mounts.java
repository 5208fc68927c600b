package dev.backstay.cluster.apply.ready;

import dev.backstay.cluster.apply.clean.ObjectFields;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which PVCs pods and workloads use.
final class Mounts {

  private Mounts() {}

  /// The first of the PVCs that a pod spec mounts.
  static Optional<String> of(JsonNode podSpec, Set<String> pvcs) {
    return ObjectFields.objects(podSpec, "volumes").stream()
        .map(v -> ObjectFields.text(v, "persistentVolumeClaim", "claimName"))
        .filter(pvcs::contains)
        .findFirst();
  }

  /// The first of the PVCs that a workload's pods mount, by its template or by its claims' names.
  static Optional<String> ofWorkload(ObjectNode workload, Set<String> pvcs) {
    boolean cron = ObjectFields.text(workload, "kind").equals("CronJob");
    JsonNode template =
        cron
            ? workload.path("spec").path("jobTemplate").path("spec").path("template")
            : workload.path("spec").path("template");
    Optional<String> named = of(template.path("spec"), pvcs);
    return named.isPresent() ? named : claimed(workload, pvcs);
  }

  /// `<template>-<statefulset>-<ordinal>`.
  private static Optional<String> claimed(ObjectNode workload, Set<String> pvcs) {
    String set = ObjectFields.name(workload);
    for (ObjectNode template : ObjectFields.objects(workload, "spec", "volumeClaimTemplates")) {
      String prefix = ObjectFields.name(template) + "-" + set + "-";
      Optional<String> found =
          pvcs.stream()
              .filter(p -> p.startsWith(prefix) && p.substring(prefix.length()).matches("\\d+"))
              .findFirst();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
