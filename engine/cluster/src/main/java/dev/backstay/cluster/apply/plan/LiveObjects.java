package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ForbiddenException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/// What of the wanted objects exists: kinds with many are listed, others are got one by one.
final class LiveObjects {

  private static final int LIST_FROM = 20;

  private final ClusterConnection connection;
  private final String namespace;
  private final Map<ManifestKey, ObjectNode> found = new ConcurrentHashMap<>();
  private final Set<ManifestKey> unreadable = ConcurrentHashMap.newKeySet();

  LiveObjects(ClusterConnection connection, String namespace) {
    this.connection = connection;
    this.namespace = namespace;
  }

  void look(Collection<ManifestKey> keys, CancelToken cancel) {
    Map<ResourceType, List<ManifestKey>> kinds = new HashMap<>();
    keys.forEach(
        key -> kinds.computeIfAbsent(key.type(), t -> new java.util.ArrayList<>()).add(key));
    List<ManifestKey> single = new java.util.ArrayList<>();
    List<List<ManifestKey>> many = new java.util.ArrayList<>();
    for (List<ManifestKey> kind : kinds.values()) {
      if (kind.size() < LIST_FROM) {
        single.addAll(kind);
      } else {
        many.add(kind);
      }
    }
    Together.map(many, cancel, this::list).forEach(single::addAll);
    Together.map(single, cancel, this::get);
  }

  /// @return those that have to be got one by one
  private List<ManifestKey> list(List<ManifestKey> keys) {
    Map<String, ManifestKey> names = new HashMap<>();
    keys.forEach(key -> names.put(key.name(), key));
    try {
      Iterator<ObjectNode> objects =
          connection.list(keys.getFirst().type().path(namespace), Query.NONE);
      while (objects.hasNext()) {
        ObjectNode object = objects.next();
        ManifestKey key = names.get(ObjectFields.name(object));
        if (key != null) {
          found.put(key, object);
        }
      }
      return List.of();
    } catch (ForbiddenException e) {
      keys.forEach(found::remove);
      return keys;
    }
  }

  private boolean get(ManifestKey key) {
    try {
      Optional<ObjectNode> object = connection.find(key.type().path(namespace, key.name()));
      object.ifPresent(o -> found.put(key, o));
      return object.isPresent();
    } catch (ForbiddenException e) {
      unreadable.add(key);
      return false;
    }
  }

  Optional<ObjectNode> find(ManifestKey key) {
    return Optional.ofNullable(found.get(key));
  }

  boolean unreadable(ManifestKey key) {
    return unreadable.contains(key);
  }

  Set<ManifestKey> existing() {
    return new HashSet<>(found.keySet());
  }
}
