package dev.backstay.cluster.lock;

import tools.jackson.databind.JsonNode;

/// What a back-up may do beyond reading, clean-up after dead jobs included:
///
/// - create pods, PVCs, VolumeSnapshots and VolumeGroupSnapshots with our names and labels
/// - delete those that carry our label, and the members of our groups
/// - exec with our own script into any pod to read, into our own pods to do anything; port-forward
///   to our own pods
/// - let the PV or the content behind one of our objects be deleted with it
/// - take our label off a PVC
public final class BackUpRules {

  static final String PREFIX = "backstay-";
  static final String JOB = "backstay.dev/job";
  static final String GROUP_LABEL = "backstay.dev/volume-group";

  private static final String SNAPSHOTS = "snapshot.storage.k8s.io";
  private static final String GROUPS = "groupsnapshot.storage.k8s.io";

  private BackUpRules() {}

  /// Whether a back-up needs it.
  public static boolean allow(Operation operation, Lookup lookup) {
    if (ReadRules.allow(operation)) {
      return true;
    }
    return switch (operation.method()) {
      case "GET" -> stream(operation);
      case "POST" -> creation(operation);
      case "DELETE" -> temporary(operation.target()) && ours(operation, lookup);
      case "PATCH" -> patch(operation, lookup);
      default -> false;
    };
  }

  /// The kinds of which a back-up makes objects.
  private static boolean temporary(Target target) {
    return !target.namespace().isEmpty()
        && (target.is("", "pods")
            || target.is("", "persistentvolumeclaims")
            || target.is(SNAPSHOTS, "volumesnapshots")
            || target.is(GROUPS, "volumegroupsnapshots"));
  }

  private static boolean creation(Operation operation) {
    JsonNode metadata = operation.body().get().path("metadata");
    return temporary(operation.target())
        && operation.target().collection()
        && text(metadata, "name").startsWith(PREFIX)
        && metadata.path("labels").has(JOB);
  }

  private static boolean ours(Operation operation, Lookup lookup) {
    return !operation.target().collection()
        && lookup.find(operation.path()).map(BackUpRules::ours).orElse(true);
  }

  private static boolean ours(JsonNode object) {
    return object.path("metadata").path("labels").has(JOB) || ofOurGroup(object);
  }

  /// The snapshot controller names the members of a group.
  static boolean ofOurGroup(JsonNode snapshot) {
    return snapshot
        .path("metadata")
        .path("ownerReferences")
        .valueStream()
        .anyMatch(owner ->
            text(owner, "kind").equals("VolumeGroupSnapshot")
                && text(owner, "name").startsWith(PREFIX));
  }

  private static boolean stream(Operation operation) {
    Target target = operation.target();
    boolean pod = target.group().isEmpty() && target.resource().equals("pods");
    boolean own = target.name().startsWith(PREFIX);
    return switch (target.subresource()) {
      case "exec" -> pod && MoverCommand.allows(operation.values("command"), own);
      case "portforward" -> pod && own;
      default -> false;
    };
  }

  private static boolean patch(Operation operation, Lookup lookup) {
    Target target = operation.target();
    JsonNode patch = operation.body().get();
    if (target.collection()) {
      return false;
    }
    if (target.is("", "persistentvolumeclaims")) {
      return patch.equals(Patches.withoutLabel(GROUP_LABEL));
    }
    return Patches.of(target)
        .filter(behind -> patch.equals(behind.patch()))
        .flatMap(behind -> lookup.find(operation.path()).map(o -> behind.ours(o, lookup)))
        .orElse(false);
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asString("");
  }
}
