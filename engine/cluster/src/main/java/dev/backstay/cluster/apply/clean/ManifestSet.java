package dev.backstay.cluster.apply.clean;

import dev.backstay.cluster.manifest.ManifestKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// All objects of a restore point, to be looked up: whether an object is needed depends on others.
final class ManifestSet {

  private final Map<String, StoredObject> byUid = new HashMap<>();
  private final Map<String, StoredObject> byName = new HashMap<>();

  ManifestSet(Collection<StoredObject> objects) {
    for (StoredObject object : objects) {
      String uid = ObjectFields.uid(object.object());
      if (!uid.isEmpty()) {
        byUid.put(uid, object);
      }
      byName.put(name(object.key().group(), object.key().kind(), object.key().name()), object);
    }
  }

  Optional<ObjectNode> find(String group, String kind, String name) {
    return Optional.ofNullable(byName.get(name(group, kind, name))).map(StoredObject::object);
  }

  /// The object that controls another, if it is in the set.
  Optional<ManifestKey> controller(ObjectNode object) {
    List<ObjectNode> owners = ObjectFields.objects(object, "metadata", "ownerReferences");
    return owners.stream()
        .filter(owner -> ObjectFields.isTrue(owner, "controller"))
        .map(this::owner)
        .filter(java.util.Objects::nonNull)
        .map(StoredObject::key)
        .findFirst();
  }

  private @Nullable StoredObject owner(ObjectNode reference) {
    StoredObject same = byUid.get(ObjectFields.text(reference, "uid"));
    if (same != null) {
      return same;
    }
    String version = ObjectFields.text(reference, "apiVersion");
    int slash = version.indexOf('/');
    String group = slash < 0 ? "" : version.substring(0, slash);
    String kind = ObjectFields.text(reference, "kind");
    return byName.get(name(group, kind, ObjectFields.text(reference, "name")));
  }

  private static String name(String group, String kind, String name) {
    return group + '/' + kind + '/' + name;
  }
}
