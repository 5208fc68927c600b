package dev.backstay.cluster.lock;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The patch by which what lies behind a temporary object is deleted with it, and whose it is.
///
/// @param field of `spec`: set to `Delete`
/// @param reference of `spec`: names the object before it
/// @param behindMember whether that may be a member of a group, which has a name of its own
record Patches(String field, String reference, boolean behindMember) {

  private static final String SNAPSHOTS = "snapshot.storage.k8s.io";
  private static final String GROUPS = "groupsnapshot.storage.k8s.io";

  static Optional<Patches> of(Target target) {
    if (target.is("", "persistentvolumes")) {
      return Optional.of(new Patches("persistentVolumeReclaimPolicy", "claimRef", false));
    }
    if (target.is(SNAPSHOTS, "volumesnapshotcontents")) {
      return Optional.of(new Patches("deletionPolicy", "volumeSnapshotRef", true));
    }
    return target.is(GROUPS, "volumegroupsnapshotcontents")
        ? Optional.of(new Patches("deletionPolicy", "volumeGroupSnapshotRef", false))
        : Optional.empty();
  }

  static JsonNode withoutLabel(String label) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").putObject("labels").putNull(label);
    return patch;
  }

  JsonNode patch() {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("spec").put(field, "Delete");
    return patch;
  }

  boolean ours(JsonNode object, Lookup lookup) {
    JsonNode named = object.path("spec").path(reference);
    String name = named.path("name").asString("");
    return name.startsWith(BackUpRules.PREFIX)
        || (behindMember
            && !name.isEmpty()
            && lookup
                .find(snapshot(named.path("namespace").asString(""), name))
                .map(BackUpRules::ofOurGroup)
                .orElse(false));
  }

  private static String snapshot(String namespace, String name) {
    return "/apis/" + SNAPSHOTS + "/v1/namespaces/" + namespace + "/volumesnapshots/" + name;
  }
}
