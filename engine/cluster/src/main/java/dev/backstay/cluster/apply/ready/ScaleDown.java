package dev.backstay.cluster.apply.ready;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Json;
import dev.backstay.cluster.connection.PatchType;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.cluster.temporary.Annotations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.TimedOutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Stops what uses PVCs while they are written, and starts it again. How many replicas a workload
/// had stands in an annotation of it, so that anybody can put it back.
public final class ScaleDown {

  private static final ResourceType POD = ResourceType.core("pods", "Pod");
  private static final ResourceType CRON_JOB =
      ResourceType.namespaced("batch", "v1", "cronjobs", "CronJob");
  private static final List<ResourceType> SCALABLE =
      List.of(
          ResourceType.namespaced("apps", "v1", "deployments", "Deployment"),
          ResourceType.namespaced("apps", "v1", "statefulsets", "StatefulSet"),
          ResourceType.namespaced("apps", "v1", "replicasets", "ReplicaSet"),
          ResourceType.core("replicationcontrollers", "ReplicationController"),
          CRON_JOB);

  private static final Duration POLL = Duration.ofSeconds(1);

  private final ClusterConnection connection;
  private final String namespace;

  public ScaleDown(ClusterConnection connection, String namespace) {
    this.connection = connection;
    this.namespace = namespace;
  }

  /// What uses the PVCs. A workload that a killed run has stopped counts with the replicas that it
  /// had.
  public Pauses find(Set<String> pvcs) {
    if (pvcs.isEmpty()) {
      return Pauses.NONE;
    }
    Map<String, Pause> pauses = new LinkedHashMap<>();
    List<ItemFailure> blockers = new ArrayList<>();
    List<ItemFailure> warnings = new ArrayList<>();
    for (ResourceType type : SCALABLE) {
      for (ObjectNode workload : all(type, Query.NONE)) {
        Mounts.ofWorkload(workload, pvcs)
            .ifPresent(pvc -> consider(type, workload, pvc, pauses, blockers, warnings));
      }
    }
    for (ObjectNode pod : all(POD, Query.NONE)) {
      Mounts.of(pod.path("spec"), pvcs).ifPresent(pvc -> pod(pod, pvc, pauses, blockers));
    }
    return new Pauses(List.copyOf(pauses.values()), blockers, warnings);
  }

  private List<ObjectNode> all(ResourceType type, Query query) {
    List<ObjectNode> objects = new ArrayList<>();
    try {
      Iterator<ObjectNode> list = connection.list(type.path(namespace), query);
      list.forEachRemaining(objects::add);
    } catch (ForbiddenException e) {
      return List.of(); // its pods, if any, are found and block
    }
    return objects;
  }

  private void consider(
      ResourceType type,
      ObjectNode workload,
      String pvc,
      Map<String, Pause> pauses,
      List<ItemFailure> blockers,
      List<ItemFailure> warnings) {
    Optional<ObjectNode> owner = controller(workload);
    if (owner.isPresent()) {
      boolean deployment = ObjectFields.text(owner.get(), "kind").equals("Deployment");
      if (!deployment && replicas(workload) > 0) {
        blockers.add(
            blocker(
                type,
                workload,
                pvc,
                "is run by " + about(owner.get()) + ", which would start it again"));
      }
      return;
    }
    if (ObjectFields.text(workload, "spec", "persistentVolumeClaimRetentionPolicy", "whenScaled")
        .equals("Delete")) {
      blockers.add(blocker(type, workload, pvc, "deletes its PVCs when it is scaled down"));
      return;
    }
    int replicas = replicas(workload);
    if (replicas > 0) {
      ManifestKey key = key(type, ObjectFields.name(workload));
      pauses.put(key.toString(), new Pause(key, replicas, pvc));
      gitOps(key, workload, warnings);
    }
  }

  private static void gitOps(ManifestKey key, ObjectNode workload, List<ItemFailure> warnings) {
    boolean watched =
        ObjectFields.hasAnnotation(workload, "argocd.argoproj.io/tracking-id")
            || !ObjectFields.label(workload, "argocd.argoproj.io/instance").isEmpty()
            || !ObjectFields.label(workload, "kustomize.toolkit.fluxcd.io/name").isEmpty();
    if (watched) {
      warnings.add(
          new ItemFailure(
              key.toString(),
              "restore.other-owner",
              key + " is kept by a GitOps controller, which may start it again too early",
              "pause it while you restore"));
    }
  }

  private static Optional<ObjectNode> controller(ObjectNode object) {
    return ObjectFields.objects(object, "metadata", "ownerReferences").stream()
        .filter(o -> ObjectFields.isTrue(o, "controller"))
        .findFirst();
  }

  private static String about(ObjectNode owner) {
    return ObjectFields.text(owner, "kind") + "/" + ObjectFields.text(owner, "name");
  }

  private ManifestKey key(ResourceType type, String name) {
    return new ManifestKey(
        type.group(), type.version(), type.plural(), type.kind(), namespace, name);
  }

  private static int replicas(ObjectNode workload) {
    String before = ObjectFields.annotation(workload, Annotations.REPLICAS);
    if (ObjectFields.text(workload, "kind").equals("CronJob")) {
      return !before.isEmpty() || !ObjectFields.isTrue(workload, "spec", "suspend") ? 1 : 0;
    }
    int now = (int) ObjectFields.number(workload, 1, "spec", "replicas");
    return now == 0 && before.matches("\\d{1,6}") ? Integer.parseInt(before) : now;
  }

  private static ItemFailure blocker(ResourceType type, ObjectNode object, String pvc, String why) {
    String item = type.qualifiedPlural() + "/" + ObjectFields.name(object);
    return new ItemFailure(
        item,
        "restore.volume-in-use",
        item + " uses PVC " + pvc + " and " + why,
        "stop it yourself and plan again");
  }

  private void pod(
      ObjectNode pod, String pvc, Map<String, Pause> pauses, List<ItemFailure> blockers) {
    String phase = ObjectFields.text(pod, "status", "phase");
    boolean ended = phase.equals("Succeeded") || phase.equals("Failed");
    boolean ours = !ObjectFields.label(pod, JobTag.JOB).isEmpty();
    if (ended || ours) {
      return;
    }
    Optional<ObjectNode> owner = controller(pod);
    if (owner.isEmpty()) {
      blockers.add(blocker(POD, pod, pvc, "belongs to no workload that could be scaled"));
      return;
    }
    switch (ObjectFields.text(owner.get(), "kind")) {
      case "ReplicaSet", "StatefulSet", "ReplicationController" -> {
        if (pauses.isEmpty() && blockers.isEmpty()) {
          blockers.add(
              blocker(POD, pod, pvc, "its " + about(owner.get()) + " may not be looked at"));
        }
      }
      default ->
          blockers.add(
              blocker(
                  POD, pod, pvc, "is run by " + about(owner.get()) + ", which cannot be scaled"));
    }
  }

  /// Whether a pod or workload mounts any of the PVCs.
  public static boolean uses(ObjectNode object, Set<String> pvcs) {
    return !pvcs.isEmpty()
        && (Mounts.of(object.path("spec"), pvcs).isPresent()
            || Mounts.ofWorkload(object, pvcs).isPresent());
  }

  /// Whether a stopped workload mounts any of the PVCs; one that may not be looked at might.
  public boolean usesAny(Pause pause, Set<String> pvcs) {
    if (pvcs.isEmpty()) {
      return false;
    }
    try {
      return connection.find(path(pause)).map(w -> uses(w, pvcs)).orElse(false);
    } catch (EngineException e) {
      return true;
    }
  }

  /// Stops a workload. Its pods may live on for a while: see [#awaitReleased].
  public void pause(Pause pause) {
    ObjectNode patch = Json.object();
    patch
        .putObject("metadata")
        .putObject("annotations")
        .put(Annotations.REPLICAS, Integer.toString(pause.replicas()));
    if (pause.workload().kind().equals("CronJob")) {
      patch.putObject("spec").put("suspend", true);
    } else {
      patch.putObject("spec").put("replicas", 0);
    }
    connection.patch(path(pause), PatchType.MERGE, patch, WriteMode.APPLY);
  }

  /// Starts it again as it was. One that somebody has started or deleted meanwhile is left alone.
  public void resume(Pause pause) {
    Optional<ObjectNode> live = connection.find(path(pause));
    if (live.isEmpty()) {
      return;
    }
    boolean cron = pause.workload().kind().equals("CronJob");
    boolean still =
        cron
            ? ObjectFields.isTrue(live.get(), "spec", "suspend")
            : ObjectFields.number(live.get(), 1, "spec", "replicas") == 0;
    ObjectNode patch = Json.object();
    patch.putObject("metadata").putObject("annotations").putNull(Annotations.REPLICAS);
    boolean noted = ObjectFields.hasAnnotation(live.get(), Annotations.REPLICAS);
    if (still && noted && cron) {
      patch.putObject("spec").put("suspend", false);
    } else if (still && noted) {
      patch.putObject("spec").put("replicas", pause.replicas());
    }
    if (noted) {
      connection.patch(path(pause), PatchType.MERGE, patch, WriteMode.APPLY);
    }
  }

  private String path(Pause pause) {
    return pause.workload().type().path(namespace, pause.workload().name());
  }

  /// Waits until no pod but our own mounts the PVCs.
  ///
  /// @throws TimedOutException if some pod stays
  public void awaitReleased(Set<String> pvcs, Duration atMost, CancelToken cancel) {
    Optional<Boolean> free =
        Poll.until(
            atMost,
            POLL,
            cancel,
            () -> users(pvcs).isEmpty() ? Optional.of(true) : Optional.empty());
    if (free.isEmpty()) {
      throw new TimedOutException(
          "restore.volume-in-use",
          "pods still use the volumes that are to be written: " + String.join(", ", users(pvcs)),
          "see why they do not end: kubectl describe pod -n " + namespace);
    }
  }

  private List<String> users(Set<String> pvcs) {
    return all(POD, Query.NONE).stream()
        .filter(pod -> ObjectFields.label(pod, JobTag.JOB).isEmpty())
        .filter(pod ->
            !Set.of("Succeeded", "Failed").contains(ObjectFields.text(pod, "status", "phase")))
        .filter(pod -> Mounts.of(pod.path("spec"), pvcs).isPresent())
        .map(ObjectFields::name)
        .toList();
  }
}
