package dev.backstay.sandbox.control;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resource;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Deletes what has lost its last owner, and ends deletions that wait for dependents.
final class Garbage implements Controller {

  private final World world;

  Garbage(World world) {
    this.world = world;
  }

  @Override
  public void run() {
    Set<String> present = new HashSet<>();
    Set<String> orphaning = new HashSet<>();
    Set<String> awaited = new HashSet<>();
    forEach((resource, object) -> {
      present.add(Json.uid(object));
      if (Json.hasFinalizer(object, "orphan")) {
        orphaning.add(Json.uid(object));
      }
      if (Json.deleting(object) && Json.hasFinalizer(object, "foregroundDeletion")) {
        awaited.add(Json.uid(object));
      }
    });
    Set<String> blocked = new HashSet<>();
    forEach((resource, object) -> look(resource, object, present, orphaning, awaited, blocked));
    forEach((resource, object) -> release(resource, object, blocked));
  }

  private interface Look {
    void at(Resource resource, ObjectNode object);
  }

  private void forEach(Look look) {
    for (Resource resource : world.operations().resources().all()) {
      if (!resource.storage().equals("events")) {
        world.operations().state().list(resource, "").forEach(object -> look.at(resource, object));
      }
    }
  }

  private void look(
      Resource resource,
      ObjectNode object,
      Set<String> present,
      Set<String> orphaning,
      Set<String> awaited,
      Set<String> blocked) {
    ArrayNode left = Json.array();
    boolean owned = false;
    boolean waitedFor = false;
    for (JsonNode reference : Json.at(object, "metadata", "ownerReferences")) {
      String uid = Json.text(reference, "uid");
      owned = true;
      waitedFor |= awaited.contains(uid);
      if (present.contains(uid) && !orphaning.contains(uid)) {
        left.add(reference);
      }
      if (awaited.contains(uid)) {
        blocked.add(uid);
      }
    }
    if (!owned) {
      return;
    }
    boolean orphaned = left.size() < Json.at(object, "metadata", "ownerReferences").size();
    boolean toKeep = isOrphan(object, orphaning);
    if (toKeep) {
      world.edit(resource.storage(), object, next -> setOwners(next, left));
    } else if ((orphaned && left.isEmpty()) || (waitedFor && left.size() == 1)) {
      if (!Json.deleting(object)) {
        world.delete(resource.storage(), object);
      }
    }
  }

  private static boolean isOrphan(ObjectNode object, Set<String> orphaning) {
    for (JsonNode reference : Json.at(object, "metadata", "ownerReferences")) {
      if (orphaning.contains(Json.text(reference, "uid"))) {
        return true;
      }
    }
    return false;
  }

  private static void setOwners(ObjectNode object, ArrayNode owners) {
    if (owners.isEmpty()) {
      Json.meta(object).remove("ownerReferences");
    } else {
      Json.meta(object).set("ownerReferences", owners.deepCopy());
    }
  }

  private void release(Resource resource, ObjectNode object, Set<String> blocked) {
    if (!Json.deleting(object)) {
      return;
    }
    if (Json.hasFinalizer(object, "orphan")) {
      world.edit(resource.storage(), object, next -> Json.removeFinalizer(next, "orphan"));
    }
    if (Json.hasFinalizer(object, "foregroundDeletion") && !blocked.contains(Json.uid(object))) {
      world.edit(
          resource.storage(), object, next -> Json.removeFinalizer(next, "foregroundDeletion"));
    }
  }
}
