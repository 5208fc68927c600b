package dev.backstay.cluster.inventory;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.temporary.UnfinishedRestore;
import dev.backstay.model.Ability;
import dev.backstay.model.Listing;
import dev.backstay.model.PvcInfo;
import dev.backstay.model.SnapshotClassChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// PVCs with what is known of their volumes.
final class Pvcs {

  /// Which VolumeSnapshotClass a PVC wants: ours, then Velero's.
  private static final List<String> CLASS_ANNOTATIONS =
      List.of("backstay.dev/volume-snapshot-class", "velero.io/csi-volumesnapshot-class");

  private static final List<String> PROVISIONER_ANNOTATIONS =
      List.of(
          "volume.kubernetes.io/storage-provisioner",
          "volume.beta.kubernetes.io/storage-provisioner");

  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final Reading reading;
  private final SnapshotClasses classes;
  private final Map<String, String> provisioners = new HashMap<>();
  private final Map<String, JsonNode> volumes = new HashMap<>();
  private final Map<String, Set<String>> users = new HashMap<>();

  Pvcs(ClusterConnection connection, ServedTypes types) {
    this.reading = new Reading(connection);
    this.classes = SnapshotClasses.single(types, reading);
  }

  Listing<PvcInfo> list(String namespace) {
    List<ObjectNode> claims = new ArrayList<>();
    reading.each(Kind.PVC, namespace, claims::add);
    reading.each(
        Kind.STORAGE_CLASS, "", o -> provisioners.put(name(o), o.path("provisioner").asString("")));
    readVolumes(namespace, claims);
    reading.each(Kind.POD, namespace, this::pod);
    return new Listing<>(claims.stream().map(this::info).toList(), reading.warnings());
  }

  /// A few volumes are got one by one; a cluster may have many thousands.
  private void readVolumes(String namespace, List<ObjectNode> claims) {
    if (namespace.isEmpty()) {
      reading.each(Kind.PV, "", o -> volumes.put(name(o), o.path("spec")));
      return;
    }
    for (JsonNode claim : claims) {
      String volume = claim.path("spec").path("volumeName").asString("");
      if (!volume.isEmpty()) {
        reading.one(Kind.PV, volume).ifPresent(o -> volumes.put(volume, o.path("spec")));
      }
    }
  }

  private void pod(JsonNode pod) {
    if (ENDED.contains(pod.path("status").path("phase").asString(""))) {
      return;
    }
    String namespace = pod.path("metadata").path("namespace").asString("");
    for (JsonNode volume : pod.path("spec").path("volumes")) {
      String claim = volume.path("persistentVolumeClaim").path("claimName").asString("");
      if (volume.has("ephemeral")) {
        claim = name(pod) + "-" + volume.path("name").asString("");
      }
      if (!claim.isEmpty()) {
        users.computeIfAbsent(namespace + "/" + claim, k -> new TreeSet<>()).add(name(pod));
      }
    }
  }

  private PvcInfo info(JsonNode claim) {
    JsonNode metadata = claim.path("metadata");
    JsonNode spec = claim.path("spec");
    JsonNode status = claim.path("status");
    String namespace = metadata.path("namespace").asString("");
    String phase = status.path("phase").asString("Unknown");
    JsonNode volume =
        volumes.getOrDefault(spec.path("volumeName").asString(""), MissingNode.getInstance());
    String driver = driver(metadata, spec, volume);
    SnapshotClassChoice choice =
        classes.choose(driver, first(metadata.path("annotations"), CLASS_ANNOTATIONS));
    return new PvcInfo(
        namespace,
        name(claim),
        metadata.path("uid").asString(""),
        phase,
        Quantities.bytes(spec.path("resources").path("requests").path("storage")),
        Quantities.bytes(status.path("capacity").path("storage")),
        spec.path("storageClassName").asString(""),
        texts(spec.path("accessModes")),
        spec.path("volumeMode").asString("Filesystem"),
        spec.path("volumeName").asString(""),
        driver,
        List.copyOf(users.getOrDefault(namespace + "/" + name(claim), Set.of())),
        ability(phase, volume, driver, choice),
        choice,
        metadata.path("labels").has(JobTag.JOB),
        UnfinishedRestore.of(claim));
  }

  private Ability ability(
      String phase, JsonNode volume, String driver, SnapshotClassChoice choice) {
    if (!phase.equals("Bound")) {
      return Ability.no("the PVC is not bound");
    }
    if (volume.isObject() && !volume.has("csi")) {
      return Ability.no("the volume is of type " + driver + ", not of a CSI driver");
    }
    return classes.ability(driver, choice);
  }

  /// From the PV, else from what the PVC remembers of its provisioner, else from its class.
  private String driver(JsonNode metadata, JsonNode spec, JsonNode volume) {
    if (volume.has("csi")) {
      return volume.path("csi").path("driver").asString("");
    }
    for (String type : List.of("nfs", "hostPath", "local", "iscsi", "fc", "cephfs", "rbd")) {
      if (volume.has(type)) {
        return type;
      }
    }
    String remembered = first(metadata.path("annotations"), PROVISIONER_ANNOTATIONS);
    return remembered.isEmpty()
        ? provisioners.getOrDefault(spec.path("storageClassName").asString(""), "")
        : remembered;
  }

  private static String first(JsonNode annotations, List<String> keys) {
    return keys.stream()
        .map(key -> annotations.path(key).asString(""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(v -> v.asString("")).toList();
  }

  private static String name(JsonNode object) {
    return object.path("metadata").path("name").asString("");
  }
}
