package dev.backstay.sandbox.api;

import static dev.backstay.sandbox.state.Json.byDefault;
import static dev.backstay.sandbox.state.Json.child;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The defaults that the API server writes into objects.
final class Defaults {

  private Defaults() {}

  static void apply(Resource resource, ObjectNode object, Operations world) {
    switch (resource.storage()) {
      case "namespaces" -> namespace(object);
      case "pods" -> {
        pod(child(object, "spec"));
        byDefault(child(object, "status"), "phase", "Pending");
      }
      case "persistentvolumeclaims" -> claim(object, world);
      case "persistentvolumes" -> volume(object);
      case "secrets" -> secret(object);
      case "services" -> service(object, world);
      case "deployments.apps" -> deployment(child(object, "spec"));
      case "statefulsets.apps" -> statefulSet(child(object, "spec"));
      case "replicasets.apps", "daemonsets.apps" -> workload(child(object, "spec"));
      case "jobs.batch" -> job(object);
      case "cronjobs.batch" -> cronJob(child(object, "spec"));
      case "storageclasses.storage.k8s.io" -> {
        byDefault(object, "reclaimPolicy", "Delete");
        byDefault(object, "volumeBindingMode", "Immediate");
      }
      default -> {}
    }
  }

  private static void namespace(ObjectNode namespace) {
    String name = Json.name(namespace);
    child(Json.meta(namespace), "labels").put("kubernetes.io/metadata.name", name);
    ObjectNode spec = child(namespace, "spec");
    if (!Json.deleting(namespace) && !spec.has("finalizers")) {
      spec.putArray("finalizers").add("kubernetes");
    }
    byDefault(child(namespace, "status"), "phase", "Active");
  }

  private static void pod(ObjectNode spec) {
    byDefault(spec, "restartPolicy", "Always");
    byDefault(spec, "terminationGracePeriodSeconds", 30);
    byDefault(spec, "dnsPolicy", "ClusterFirst");
    byDefault(spec, "schedulerName", "default-scheduler");
    child(spec, "securityContext");
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        container((ObjectNode) container);
      }
    }
  }

  private static void container(ObjectNode container) {
    byDefault(container, "terminationMessagePath", "/dev/termination-log");
    byDefault(container, "terminationMessagePolicy", "File");
    String image = Json.text(container, "image");
    boolean latest = !image.contains(":") || image.endsWith(":latest");
    byDefault(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
    child(container, "resources");
    for (JsonNode port : container.path("ports")) {
      byDefault((ObjectNode) port, "protocol", "TCP");
    }
  }

  private static void claim(ObjectNode claim, Operations world) {
    ObjectNode spec = child(claim, "spec");
    byDefault(spec, "volumeMode", "Filesystem");
    if (!spec.has("storageClassName")) {
      world.list("storageclasses.storage.k8s.io", "").stream()
          .filter(c -> isDefault(c, "storageclass.kubernetes.io/is-default-class"))
          .findFirst()
          .ifPresent(c -> spec.put("storageClassName", Json.name(c)));
    }
    if (Json.has(spec, "dataSource") && !Json.has(spec, "dataSourceRef")) {
      spec.set("dataSourceRef", spec.path("dataSource").deepCopy());
    } else if (Json.has(spec, "dataSourceRef") && !Json.has(spec, "dataSource")) {
      spec.set("dataSource", spec.path("dataSourceRef").deepCopy());
    }
    byDefault(child(claim, "status"), "phase", "Pending");
    if (!Json.deleting(claim)) {
      Json.addFinalizer(claim, "kubernetes.io/pvc-protection");
    }
  }

  static boolean isDefault(JsonNode object, String annotation) {
    return Json.text(object, "metadata", "annotations", annotation).equals("true");
  }

  private static void volume(ObjectNode volume) {
    ObjectNode spec = child(volume, "spec");
    byDefault(spec, "persistentVolumeReclaimPolicy", "Retain");
    byDefault(spec, "volumeMode", "Filesystem");
    byDefault(child(volume, "status"), "phase", "Pending");
    if (!Json.deleting(volume)) {
      Json.addFinalizer(volume, "kubernetes.io/pv-protection");
    }
  }

  private static void secret(ObjectNode secret) {
    byDefault(secret, "type", "Opaque");
    ObjectNode data = child(secret, "data");
    for (Map.Entry<String, String> text : Json.map(secret.path("stringData")).entrySet()) {
      byte[] utf8 = text.getValue().getBytes(StandardCharsets.UTF_8);
      data.put(text.getKey(), Base64.getEncoder().encodeToString(utf8));
    }
    secret.remove("stringData");
    if (data.isEmpty()) {
      secret.remove("data");
    }
  }

  private static void service(ObjectNode service, Operations world) {
    ObjectNode spec = child(service, "spec");
    byDefault(spec, "type", "ClusterIP");
    byDefault(spec, "sessionAffinity", "None");
    byDefault(spec, "internalTrafficPolicy", "Cluster");
    if (!Json.text(spec, "type").equals("ExternalName")) {
      byDefault(spec, "clusterIP", Addresses.free(world));
      if (!spec.has("clusterIPs")) {
        spec.putArray("clusterIPs").add(Json.text(spec, "clusterIP"));
      }
      if (!spec.has("ipFamilies")) {
        spec.putArray("ipFamilies").add("IPv4");
      }
      byDefault(spec, "ipFamilyPolicy", "SingleStack");
    }
    for (JsonNode port : spec.path("ports")) {
      byDefault((ObjectNode) port, "protocol", "TCP");
      if (!port.has("targetPort")) {
        ((ObjectNode) port).set("targetPort", port.path("port"));
      }
    }
    child(child(service, "status"), "loadBalancer");
  }

  private static void workload(ObjectNode spec) {
    byDefault(spec, "replicas", 1);
    ObjectNode template = child(spec, "template");
    pod(child(template, "spec"));
  }

  private static void deployment(ObjectNode spec) {
    workload(spec);
    byDefault(spec, "revisionHistoryLimit", 10);
    byDefault(spec, "progressDeadlineSeconds", 600);
    ObjectNode strategy = child(spec, "strategy");
    byDefault(strategy, "type", "RollingUpdate");
    if (Json.text(strategy, "type").equals("RollingUpdate")) {
      byDefault(child(strategy, "rollingUpdate"), "maxUnavailable", "25%");
      byDefault(child(strategy, "rollingUpdate"), "maxSurge", "25%");
    }
  }

  private static void statefulSet(ObjectNode spec) {
    workload(spec);
    byDefault(spec, "revisionHistoryLimit", 10);
    byDefault(spec, "podManagementPolicy", "OrderedReady");
    byDefault(child(spec, "updateStrategy"), "type", "RollingUpdate");
    ObjectNode retention = child(spec, "persistentVolumeClaimRetentionPolicy");
    byDefault(retention, "whenDeleted", "Retain");
    byDefault(retention, "whenScaled", "Retain");
    for (JsonNode template : spec.path("volumeClaimTemplates")) {
      ObjectNode claim = (ObjectNode) template;
      byDefault(claim, "apiVersion", "v1");
      byDefault(claim, "kind", "PersistentVolumeClaim");
      byDefault(child(claim, "spec"), "volumeMode", "Filesystem");
      byDefault(child(claim, "status"), "phase", "Pending");
    }
  }

  private static void job(ObjectNode job) {
    ObjectNode spec = child(job, "spec");
    jobSpec(spec);
    String uid = Json.uid(job);
    if (!Json.flag(spec, "manualSelector") && !spec.has("selector")) {
      ObjectNode labels = child(child(child(spec, "template"), "metadata"), "labels");
      labels.put("batch.kubernetes.io/controller-uid", uid);
      labels.put("controller-uid", uid);
      labels.put("batch.kubernetes.io/job-name", Json.name(job));
      labels.put("job-name", Json.name(job));
      child(child(spec, "selector"), "matchLabels").put("batch.kubernetes.io/controller-uid", uid);
    }
  }

  private static void jobSpec(ObjectNode spec) {
    byDefault(spec, "parallelism", 1);
    byDefault(spec, "completions", 1);
    byDefault(spec, "backoffLimit", 6);
    byDefault(spec, "completionMode", "NonIndexed");
    if (!spec.has("suspend")) {
      spec.put("suspend", false);
    }
    pod(child(child(spec, "template"), "spec"));
  }

  private static void cronJob(ObjectNode spec) {
    byDefault(spec, "concurrencyPolicy", "Allow");
    byDefault(spec, "successfulJobsHistoryLimit", 3);
    byDefault(spec, "failedJobsHistoryLimit", 1);
    if (!spec.has("suspend")) {
      spec.put("suspend", false);
    }
    ObjectNode template = child(child(child(spec, "jobTemplate"), "spec"), "template");
    pod(child(template, "spec"));
  }
}
