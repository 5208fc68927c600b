package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The snapshot controller and the CSI snapshotter: a VolumeSnapshot is a copy of the folder.
final class VolumeSnapshots implements Controller {

  static final String ALL = "volumesnapshots.snapshot.storage.k8s.io";
  static final String CONTENTS = "volumesnapshotcontents.snapshot.storage.k8s.io";
  static final String CLASSES = "volumesnapshotclasses.snapshot.storage.k8s.io";
  private static final String DEFAULT = "snapshot.storage.kubernetes.io/is-default-class";
  private static final String PREFIX = "snapshot.storage.kubernetes.io/";
  private static final String BOUND = PREFIX + "volumesnapshot-bound-protection";
  private static final String AS_SOURCE = PREFIX + "volumesnapshot-as-source-protection";
  private static final String CONTENT_BOUND = PREFIX + "volumesnapshotcontent-bound-protection";

  private final World world;

  VolumeSnapshots(World world) {
    this.world = world;
  }

  @Override
  public void run() throws Refusal {
    if (!world.serves(ALL)) {
      return;
    }
    for (ObjectNode taken : world.list(ALL)) {
      if (Json.deleting(taken)) {
        release(taken);
      } else if (!Json.flag(taken, "status", "readyToUse")) {
        advance(taken);
      }
    }
    for (ObjectNode content : world.list(CONTENTS)) {
      if (Json.deleting(content)) {
        remove(content);
      } else {
        complete(content);
      }
    }
  }

  private void advance(ObjectNode taken) throws Refusal {
    if (Json.has(taken, "status", "volumeGroupSnapshotName")
        || Json.has(taken, "metadata", "annotations", GroupSnapshots.MEMBER)) {
      follow(taken);
    } else if (Json.has(taken, "spec", "source", "volumeSnapshotContentName")) {
      adopt(taken);
    } else if (Json.has(taken, "status", "boundVolumeSnapshotContentName")) {
      follow(taken);
    } else {
      take(taken);
    }
  }

  private void take(ObjectNode taken) throws Refusal {
    Optional<ObjectNode> snapshotClass = classOf(taken);
    if (snapshotClass.isEmpty()) {
      fail(taken, "Failed to get snapshot class: no VolumeSnapshotClass serves it");
      return;
    }
    String claimName = Json.text(taken, "spec", "source", "persistentVolumeClaimName");
    Optional<ObjectNode> claim =
        world.find("persistentvolumeclaims", Json.namespace(taken), claimName);
    Optional<ObjectNode> volume =
        claim.flatMap(c -> world.find("persistentvolumes", "", Json.text(c, "spec", "volumeName")));
    if (volume.isEmpty()) {
      String name = Json.namespace(taken) + "/" + claimName;
      fail(
          taken, "Failed to create snapshot content with error: the PVC " + name + " is not bound");
      return;
    }
    String name = "snapcontent-" + Json.uid(taken);
    world.create(CONTENTS, "", content(taken, snapshotClass.get(), volume.get(), name));
    world.edit(
        ALL,
        taken,
        next -> {
          ObjectNode status = next.putObject("status");
          status.put("boundVolumeSnapshotContentName", name).put("readyToUse", false);
          Json.child(next, "spec").put("volumeSnapshotClassName", Json.name(snapshotClass.get()));
          Json.addFinalizer(next, BOUND);
          Json.addFinalizer(next, AS_SOURCE);
        });
    world.tell(
        taken,
        "CreatingSnapshot",
        "Waiting for a snapshot " + name + " to be created by the CSI driver.");
  }

  private static ObjectNode content(
      ObjectNode taken, ObjectNode snapshotClass, ObjectNode volume, String name) {
    ObjectNode content = Json.object();
    ObjectNode meta = Json.meta(content).put("name", name);
    meta.putArray("finalizers").add(CONTENT_BOUND);
    ObjectNode spec = content.putObject("spec");
    spec.set("deletionPolicy", snapshotClass.path("deletionPolicy"));
    spec.set("driver", snapshotClass.path("driver"));
    spec.putObject("source").put("volumeHandle", Provisioning.handle(volume));
    spec.put("sourceVolumeMode", Json.text(volume, "spec", "volumeMode"));
    spec.put("volumeSnapshotClassName", Json.name(snapshotClass));
    ObjectNode reference = spec.putObject("volumeSnapshotRef").put("kind", "VolumeSnapshot");
    reference.put("apiVersion", "snapshot.storage.k8s.io/v1").put("name", Json.name(taken));
    reference.put("namespace", Json.namespace(taken)).put("uid", Json.uid(taken));
    return content;
  }

  private Optional<ObjectNode> classOf(ObjectNode taken) {
    String name = Json.text(taken, "spec", "volumeSnapshotClassName");
    return name.isEmpty()
        ? world.list(CLASSES).stream()
            .filter(c -> Json.text(c, "metadata", "annotations", DEFAULT).equals("true"))
            .findFirst()
        : world.find(CLASSES, "", name);
  }

  /// A content that was there first (a static pair): both must name each other.
  private void adopt(ObjectNode taken) {
    String name = Json.text(taken, "spec", "source", "volumeSnapshotContentName");
    Optional<ObjectNode> content = world.find(CONTENTS, "", name);
    boolean mutual =
        content.isPresent()
            && Json.text(content.get(), "spec", "volumeSnapshotRef", "name")
                .equals(Json.name(taken))
            && Json.text(content.get(), "spec", "volumeSnapshotRef", "namespace")
                .equals(Json.namespace(taken));
    if (!mutual) {
      fail(taken, "VolumeSnapshotContent " + name + " is missing or bound to another snapshot");
      return;
    }
    world.edit(
        CONTENTS,
        content.get(),
        next -> {
          ObjectNode reference = Json.child(Json.child(next, "spec"), "volumeSnapshotRef");
          Json.byDefault(reference, "uid", Json.uid(taken));
          Json.addFinalizer(next, CONTENT_BOUND);
        });
    world.edit(
        ALL,
        taken,
        next -> {
          Json.child(next, "status").put("boundVolumeSnapshotContentName", name);
          Json.addFinalizer(next, BOUND);
          Json.addFinalizer(next, AS_SOURCE);
        });
    follow(taken);
  }

  private void fail(ObjectNode taken, String message) {
    world.warn(taken, "SnapshotContentCreationFailed", message);
    world.edit(ALL, taken, next -> setError(next, message));
  }

  private void setError(ObjectNode object, String message) {
    ObjectNode status = Json.child(object, "status").put("readyToUse", false);
    if (!Json.text(status, "error", "message").equals(message)) {
      status.putObject("error").put("message", message).put("time", world.operations().now());
    }
  }

  /// The VolumeSnapshot shows what its content has come to.
  private void follow(ObjectNode taken) {
    Optional<ObjectNode> content =
        world.find(CONTENTS, "", Json.text(taken, "status", "boundVolumeSnapshotContentName"));
    if (content.isEmpty()) {
      return;
    }
    JsonNode status = content.get().path("status");
    if (Json.has(status, "error")) {
      world.edit(ALL, taken, next -> setError(next, Json.text(status, "error", "message")));
    } else if (Json.has(status, "creationTime")) {
      world.edit(ALL, taken, next -> show(Json.child(next, "status"), status));
    }
  }

  private static void show(ObjectNode of, JsonNode content) {
    long nanos = Json.number(content, 0, "creationTime");
    of.put("creationTime", Instant.ofEpochSecond(nanos / 1_000_000_000L).toString());
    of.put("readyToUse", Json.flag(content, "readyToUse"));
    of.put("restoreSize", Long.toString(Json.number(content, 0, "restoreSize")));
    of.remove("error");
  }

  /// The driver's part.
  private void complete(ObjectNode content) {
    if (Json.flag(content, "status", "readyToUse")) {
      return;
    }
    Optional<ObjectNode> snapshotClass =
        world.find(CLASSES, "", Json.text(content, "spec", "volumeSnapshotClassName"));
    Optional<String> problem = world.disturbance().volumeSnapshotError();
    if (problem.isEmpty()
        && snapshotClass.isPresent()
        && Json.text(snapshotClass.get(), "parameters", "fail").equals("true")) {
      problem = Optional.of("rpc error: code = Internal desc = told to fail by the class");
    }
    if (problem.isPresent()) {
      String message = "Failed to check and update snapshot content: " + problem.get();
      world.edit(CONTENTS, content, next -> setError(next, message));
      return;
    }
    if (!Json.has(content, "status", "snapshotHandle")) {
      cut(content);
    } else {
      Instant ready = created(content).plus(delay(snapshotClass));
      if (world.agenda().isPast(ready)) {
        world.edit(CONTENTS, content, next -> Json.child(next, "status").put("readyToUse", true));
      }
    }
  }

  private static Duration delay(Optional<ObjectNode> snapshotClass) {
    String text = snapshotClass.map(c -> Json.text(c, "parameters", "readyAfter")).orElse("");
    return text.isEmpty() ? Duration.ZERO : Duration.parse("PT" + text);
  }

  private static Instant created(ObjectNode content) {
    long nanos = Json.number(content, 0, "status", "creationTime");
    return Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L);
  }

  private void cut(ObjectNode content) {
    String handle = Json.text(content, "spec", "source", "snapshotHandle");
    String from = Json.text(content, "spec", "source", "volumeHandle");
    Instant now = world.operations().clock().instant();
    try {
      if (handle.isEmpty()) {
        handle = "snap-" + Json.uid(content);
        world.volumes().copy(from, handle);
      } else if (!world.volumes().exists(handle)) {
        throw new java.io.IOException("rpc error: code = NotFound desc = no snapshot " + handle);
      }
    } catch (java.io.IOException e) {
      String message = String.valueOf(e.getMessage());
      world.edit(CONTENTS, content, next -> setError(next, message));
      return;
    }
    String made = handle;
    long size = sizeOf(from);
    world.edit(
        CONTENTS,
        content,
        next -> {
          ObjectNode status = Json.child(next, "status");
          status.remove("error");
          status.put("snapshotHandle", made).put("readyToUse", false).put("restoreSize", size);
          status.put("creationTime", now.getEpochSecond() * 1_000_000_000L + now.getNano());
        });
  }

  private long sizeOf(String volumeHandle) {
    return world.list("persistentvolumes").stream()
        .filter(volume -> Provisioning.handle(volume).equals(volumeHandle))
        .mapToLong(Sizes::of)
        .findFirst()
        .orElse(0);
  }

  /// A VolumeSnapshot stays while a claim is being filled from it.
  private void release(ObjectNode taken) {
    for (ObjectNode claim : world.list("persistentvolumeclaims", Json.namespace(taken))) {
      if (Json.text(claim, "spec", "dataSource", "kind").equals("VolumeSnapshot")
          && Json.text(claim, "spec", "dataSource", "name").equals(Json.name(taken))
          && Json.text(claim, "status", "phase").equals("Pending")
          && Json.has(claim, "metadata", "annotations", Claims.SELECTED_NODE)) {
        return;
      }
    }
    Optional<ObjectNode> content =
        world.find(CONTENTS, "", Json.text(taken, "status", "boundVolumeSnapshotContentName"));
    if (content.isPresent()
        && Json.text(content.get(), "spec", "deletionPolicy").equals("Delete")
        && !Json.deleting(content.get())) {
      world.delete(CONTENTS, content.get());
    }
    world.edit(
        ALL,
        taken,
        next -> {
          Json.removeFinalizer(next, BOUND);
          Json.removeFinalizer(next, AS_SOURCE);
        });
  }

  private void remove(ObjectNode content) {
    JsonNode reference = Json.at(content, "spec", "volumeSnapshotRef");
    Optional<ObjectNode> taken =
        world.find(ALL, Json.text(reference, "namespace"), Json.text(reference, "name"));
    boolean bound =
        taken.isPresent()
            && !Json.deleting(taken.get())
            && Json.uid(taken.get()).equals(Json.text(reference, "uid"));
    if (bound) {
      return;
    }
    if (Json.text(content, "spec", "deletionPolicy").equals("Delete")) {
      String handle = Json.text(content, "status", "snapshotHandle");
      if (!handle.isEmpty()) {
        world.volumes().delete(handle);
      }
    }
    world.edit(CONTENTS, content, next -> Json.removeFinalizer(next, CONTENT_BOUND));
  }
}
