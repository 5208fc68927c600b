package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.clean.StoredObject;
import dev.backstay.cluster.manifest.CanonicalYaml;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.cluster.manifest.ManifestPath;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The manifests of a restore point, read back. One that cannot be read is a failure, and no reason
/// to give up the others.
///
/// @param objects in the order of their paths
/// @param failures manifests that are damaged
record StoredManifests(List<StoredObject> objects, List<ItemFailure> failures) {

  /// Larger than any object that an API server takes.
  private static final long LARGEST = 16L << 20;

  static StoredManifests read(OpenRepository repository, Snapshot snapshot, CancelToken cancel) {
    List<StoredObject> objects = new ArrayList<>();
    List<ItemFailure> failures = new ArrayList<>();
    Node folder;
    try {
      folder = repository.node(snapshot, FilePath.of(ManifestPath.ROOT));
    } catch (NotFoundException e) {
      return new StoredManifests(List.of(), List.of());
    }
    repository.walk(
        folder,
        (path, node) -> {
          if (node.isFile()) {
            one(repository, path, node, cancel, objects, failures);
          }
          return true;
        },
        cancel);
    return new StoredManifests(objects, failures);
  }

  private static void one(
      OpenRepository repository,
      FilePath path,
      Node node,
      CancelToken cancel,
      List<StoredObject> objects,
      List<ItemFailure> failures) {
    try {
      ByteArrayOutputStream yaml = new ByteArrayOutputStream();
      repository.read(node, 0, LARGEST, yaml, cancel);
      ObjectNode object = CanonicalYaml.read(yaml.toByteArray());
      objects.add(new StoredObject(key(path, object), object));
    } catch (CancelledException e) {
      throw e;
    } catch (EngineException e) {
      failures.add(ItemFailure.of("manifests/" + path, e));
    }
  }

  /// Group and plural stand in the path, the rest in the manifest.
  private static ManifestKey key(FilePath path, ObjectNode object) {
    List<String> parts =
        path.components().stream().map(c -> new String(c, StandardCharsets.UTF_8)).toList();
    boolean cluster = parts.getFirst().equals(ManifestPath.CLUSTER);
    List<String> rest = cluster ? parts.subList(1, parts.size()) : parts;
    String apiVersion = object.path("apiVersion").asString("");
    String kind = object.path("kind").asString("");
    String name = object.path("metadata").path("name").asString("");
    if (rest.size() != 3 || apiVersion.isEmpty() || kind.isEmpty() || name.isEmpty()) {
      throw new DamagedException(
          "restore-point.manifest", "manifest " + path + " is not an object", "leave it out");
    }
    String group = rest.getFirst().equals("core") ? "" : rest.getFirst();
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    String namespace = cluster ? null : object.path("metadata").path("namespace").asString("");
    return new ManifestKey(group, version, rest.get(1), kind, namespace, name);
  }
}
