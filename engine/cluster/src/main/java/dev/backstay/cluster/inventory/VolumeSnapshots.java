package dev.backstay.cluster.inventory;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.discovery.ServedTypes.ServedResource;
import dev.backstay.cluster.inventory.SnapshotClasses.SnapshotClass;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.VolumeSnapshotInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// VolumeSnapshots of any origin.
final class VolumeSnapshots {

  private static final String GROUP = "snapshot.storage.k8s.io";

  /// Parts of label and annotation keys, and whose they are.
  private static final Map<String, String> OWNERS = owners();

  private final ClusterConnection connection;
  private final ServedTypes types;
  private final Reading reading;
  private final Map<String, JsonNode> contents = new HashMap<>();

  VolumeSnapshots(ClusterConnection connection, ServedTypes types) {
    this.connection = connection;
    this.types = types;
    this.reading = new Reading(connection);
  }

  private static Map<String, String> owners() {
    Map<String, String> owners = new LinkedHashMap<>();
    owners.put("backstay.dev/", "Backstay");
    owners.put("velero.io/", "Velero");
    owners.put("kasten.io/", "Kasten");
    owners.put("kanister.io/", "Kanister");
    owners.put("stork.libopenstorage.org/", "Stork");
    owners.put("portworx.io/", "Portworx");
    owners.put("snapscheduler.backube/", "snapscheduler");
    owners.put("volsync.backube/", "VolSync");
    owners.put("k8up.io/", "K8up");
    owners.put("gemini.fairwinds.com/", "Gemini");
    owners.put("longhorn.io/", "Longhorn");
    owners.put("trident.netapp.io/", "Trident");
    owners.put("harvesterhci.io/", "Harvester");
    owners.put("kubevirt.io/", "KubeVirt");
    return owners;
  }

  Listing<VolumeSnapshotInfo> list(String namespace) {
    Optional<ServedResource> served = types.byKind(GROUP, "VolumeSnapshot");
    if (served.isEmpty()) {
      ItemFailure none =
          new ItemFailure(
              "volumesnapshots." + GROUP,
              "cluster.no-volumesnapshots",
              "the cluster serves no VolumeSnapshot API",
              "install the CRDs and the controller of external-snapshotter");
      return new Listing<>(List.of(), List.of(none));
    }
    SnapshotClasses classes = SnapshotClasses.single(types, reading);
    readContents();
    List<VolumeSnapshotInfo> found = new ArrayList<>();
    reading.each(served.get().type(), namespace, o -> found.add(info(o, classes)));
    return new Listing<>(found, reading.warnings());
  }

  private void readContents() {
    Optional<ResourceType> type =
        types.byKind(GROUP, "VolumeSnapshotContent").map(ServedResource::type);
    type.ifPresent(
        t -> reading.each(t, "", o -> contents.put(o.at("/metadata/name").asString(""), o)));
  }

  private VolumeSnapshotInfo info(JsonNode object, SnapshotClasses classes) {
    JsonNode metadata = object.path("metadata");
    JsonNode status = object.path("status");
    String className = object.path("spec").path("volumeSnapshotClassName").asString("");
    String content = status.path("boundVolumeSnapshotContentName").asString("");
    JsonNode contentSpec = contents.getOrDefault(content, MissingNode.getInstance()).path("spec");
    Optional<SnapshotClass> known = classes.byName(className);
    return new VolumeSnapshotInfo(
        metadata.path("namespace").asString(connection.defaultNamespace()),
        metadata.path("name").asString(""),
        metadata.path("uid").asString(""),
        object.path("spec").path("source").path("persistentVolumeClaimName").asString(""),
        className,
        contentSpec.path("driver").asString(known.map(SnapshotClass::driver).orElse("")),
        contentSpec
            .path("deletionPolicy")
            .asString(known.map(SnapshotClass::deletionPolicy).orElse("")),
        content,
        status.path("volumeGroupSnapshotName").asString(""),
        status.path("readyToUse").asBoolean(false),
        Quantities.bytes(status.path("restoreSize")),
        Reading.time(status.path("creationTime")),
        Reading.time(metadata.path("creationTimestamp")),
        status.path("error").path("message").asString(""),
        owner(metadata));
  }

  private static String owner(JsonNode metadata) {
    for (Map.Entry<String, String> owner : OWNERS.entrySet()) {
      if (mentions(metadata.path("labels"), owner.getKey())
          || mentions(metadata.path("annotations"), owner.getKey())) {
        return owner.getValue();
      }
    }
    String managed = metadata.path("labels").path("app.kubernetes.io/managed-by").asString("");
    return managed.equals("Helm") ? "" : managed;
  }

  private static boolean mentions(JsonNode keys, String part) {
    return keys.propertyStream().anyMatch(e -> e.getKey().contains(part));
  }
}
