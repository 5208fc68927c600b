package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// VolumeGroupSnapshots: the VolumeSnapshots of all claims that a selector takes, at one moment.
final class GroupSnapshots implements Controller {

  static final String MEMBER = "sandbox.backstay.dev/group-member";
  private static final String ALL = "volumegroupsnapshots.groupsnapshot.storage.k8s.io";
  private static final String CONTENTS = "volumegroupsnapshotcontents.groupsnapshot.storage.k8s.io";
  private static final String CLASSES = "volumegroupsnapshotclasses.groupsnapshot.storage.k8s.io";
  private static final String FINALIZER =
      "groupsnapshot.storage.kubernetes.io/volumegroupsnapshot-bound-protection";
  private static final String IN_GROUP =
      "snapshot.storage.kubernetes.io/volumesnapshot-in-group-protection";

  private final World world;

  GroupSnapshots(World world) {
    this.world = world;
  }

  @Override
  public void run() throws Refusal {
    if (!world.serves(ALL)) {
      return;
    }
    for (ObjectNode group : world.list(ALL)) {
      if (Json.deleting(group)) {
        release(group);
      } else if (!Json.has(group, "status", "boundVolumeGroupSnapshotContentName")) {
        take(group);
      } else if (!Json.flag(group, "status", "readyToUse")) {
        follow(group);
      }
    }
  }

  private void take(ObjectNode group) throws Refusal {
    List<ObjectNode> claims = new ArrayList<>();
    for (ObjectNode claim : world.list("persistentvolumeclaims", Json.namespace(group))) {
      if (Selector.matches(Json.at(group, "spec", "source", "selector"), Json.labels(claim))) {
        claims.add(claim);
      }
    }
    Optional<ObjectNode> groupClass = classOf(group);
    if (claims.isEmpty() || groupClass.isEmpty()) {
      String what = claims.isEmpty() ? "no PVC matches" : "no class serves it";
      world.edit(ALL, group, next -> setError(next, "cannot take a group snapshot: " + what));
      return;
    }
    String name = "groupsnapcontent-" + Json.uid(group);
    world.create(CONTENTS, "", content(group, groupClass.get(), name));
    for (ObjectNode claim : claims) {
      member(group, groupClass.get(), claim);
    }
    world.edit(
        ALL,
        group,
        next -> {
          ObjectNode status = Json.child(next, "status");
          status.put("boundVolumeGroupSnapshotContentName", name).put("readyToUse", false);
          status.put("creationTime", world.operations().now());
          Json.child(next, "spec").put("volumeGroupSnapshotClassName", Json.name(groupClass.get()));
          Json.addFinalizer(next, FINALIZER);
        });
  }

  private void setError(ObjectNode group, String message) {
    ObjectNode status = Json.child(group, "status").put("readyToUse", false);
    if (!Json.text(status, "error", "message").equals(message)) {
      status.putObject("error").put("message", message).put("time", world.operations().now());
    }
  }

  private Optional<ObjectNode> classOf(ObjectNode group) {
    String name = Json.text(group, "spec", "volumeGroupSnapshotClassName");
    return name.isEmpty()
        ? world.list(CLASSES).stream().findFirst()
        : world.find(CLASSES, "", name);
  }

  private static ObjectNode content(ObjectNode group, ObjectNode groupClass, String name) {
    ObjectNode content = Json.object();
    Json.meta(content).put("name", name);
    ObjectNode spec = content.putObject("spec");
    spec.set("deletionPolicy", groupClass.path("deletionPolicy"));
    spec.set("driver", groupClass.path("driver"));
    spec.put("volumeGroupSnapshotClassName", Json.name(groupClass));
    spec.putObject("source").putArray("volumeHandles");
    ObjectNode reference =
        spec.putObject("volumeGroupSnapshotRef").put("kind", "VolumeGroupSnapshot");
    reference.put("apiVersion", "groupsnapshot.storage.k8s.io/v1").put("name", Json.name(group));
    reference.put("namespace", Json.namespace(group)).put("uid", Json.uid(group));
    return content;
  }

  /// A content and a VolumeSnapshot that name each other.
  private void member(ObjectNode group, ObjectNode groupClass, ObjectNode claim) throws Refusal {
    Optional<ObjectNode> volume =
        world.find("persistentvolumes", "", Json.text(claim, "spec", "volumeName"));
    if (volume.isEmpty()) {
      return;
    }
    String suffix = Json.uid(group) + "-" + Json.uid(claim).substring(0, 8);
    String contentName = "snapcontent-" + suffix;
    String name = "snapshot-" + suffix;
    ObjectNode taken = World.owned(group, name);
    Json.child(Json.meta(taken), "annotations").put(MEMBER, "true");
    Json.meta(taken).putArray("finalizers").add(IN_GROUP);
    taken.putObject("spec").putObject("source").put("persistentVolumeClaimName", Json.name(claim));
    ObjectNode made = world.create(VolumeSnapshots.ALL, Json.namespace(group), taken);
    ObjectNode content = Json.object();
    Json.meta(content).put("name", contentName);
    ObjectNode spec = content.putObject("spec");
    spec.set("deletionPolicy", groupClass.path("deletionPolicy"));
    spec.set("driver", groupClass.path("driver"));
    spec.putObject("source").put("volumeHandle", Provisioning.handle(volume.get()));
    ObjectNode reference = spec.putObject("volumeSnapshotRef").put("kind", "VolumeSnapshot");
    reference.put("apiVersion", "snapshot.storage.k8s.io/v1").put("name", name);
    reference.put("namespace", Json.namespace(group)).put("uid", Json.uid(made));
    world.create(VolumeSnapshots.CONTENTS, "", content);
    world.edit(
        VolumeSnapshots.ALL,
        made,
        next -> {
          ObjectNode status = Json.child(next, "status").put("readyToUse", false);
          status.put("boundVolumeSnapshotContentName", contentName);
          status.put("volumeGroupSnapshotName", Json.name(group));
        });
  }

  private List<ObjectNode> members(ObjectNode group) {
    return world.list(VolumeSnapshots.ALL, Json.namespace(group)).stream()
        .filter(taken -> World.isOwnedBy(taken, group))
        .toList();
  }

  private void follow(ObjectNode group) {
    List<ObjectNode> members = members(group);
    boolean ready = members.stream().allMatch(m -> Json.flag(m, "status", "readyToUse"));
    if (!members.isEmpty() && ready) {
      world.edit(ALL, group, next -> Json.child(next, "status").put("readyToUse", true));
      world
          .find(CONTENTS, "", Json.text(group, "status", "boundVolumeGroupSnapshotContentName"))
          .ifPresent(content -> world.edit(CONTENTS, content, next -> complete(next, members)));
    }
    for (ObjectNode member : members) {
      String problem = Json.text(member, "status", "error", "message");
      if (!problem.isEmpty()) {
        world.edit(ALL, group, next -> setError(next, problem));
      }
    }
  }

  private void complete(ObjectNode content, List<ObjectNode> members) {
    ObjectNode status = Json.child(content, "status").put("readyToUse", true);
    status.put("volumeGroupSnapshotHandle", "group-" + Json.uid(content));
    ArrayNode list = status.putArray("volumeSnapshotInfoList");
    for (ObjectNode member : members) {
      Optional<ObjectNode> of =
          world.find(
              VolumeSnapshots.CONTENTS,
              "",
              Json.text(member, "status", "boundVolumeSnapshotContentName"));
      if (of.isPresent()) {
        JsonNode one = of.get();
        ObjectNode entry = list.addObject().put("readyToUse", true);
        entry.put("snapshotHandle", Json.text(one, "status", "snapshotHandle"));
        entry.put("volumeHandle", Json.text(one, "spec", "source", "volumeHandle"));
      }
    }
  }

  /// The members go with the group, and not before.
  private void release(ObjectNode group) {
    for (ObjectNode member : members(group)) {
      world.edit(VolumeSnapshots.ALL, member, next -> Json.removeFinalizer(next, IN_GROUP));
      if (!Json.deleting(member)) {
        world.delete(VolumeSnapshots.ALL, member);
      }
    }
    world
        .find(CONTENTS, "", Json.text(group, "status", "boundVolumeGroupSnapshotContentName"))
        .filter(content -> Json.text(content, "spec", "deletionPolicy").equals("Delete"))
        .filter(content -> !Json.deleting(content))
        .ifPresent(content -> world.delete(CONTENTS, content));
    world.edit(ALL, group, next -> Json.removeFinalizer(next, FINALIZER));
  }
}
