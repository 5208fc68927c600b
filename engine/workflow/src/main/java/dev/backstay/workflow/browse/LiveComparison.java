package dev.backstay.workflow.browse;

import dev.backstay.cluster.discovery.ServedTypes.ServedResource;
import dev.backstay.cluster.manifest.CanonicalYaml;
import dev.backstay.model.CancelToken;
import dev.backstay.model.NotFoundException;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Puts a stored manifest beside the live object. Values of Secrets are masked so that equal ones
/// stay equal and different ones different. May wait.
public final class LiveComparison {

  private static final long LARGEST = 16L << 20;
  private static final List<String> NOISE =
      List.of(
          "managedFields",
          "resourceVersion",
          "uid",
          "generation",
          "creationTimestamp",
          "selfLink",
          "ownerReferences");
  private static final String MASK = "••••••";
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private final RepositorySession repository;
  private final ClusterSession cluster;

  public LiveComparison(RepositorySession repository, ClusterSession cluster) {
    this.repository = repository;
    this.cluster = cluster;
  }

  /// @param snapshot the restore point's id
  /// @param path of a manifest in it
  /// @param namespace where the live object is looked for, if it has a namespace
  /// @param noise whether with `managedFields`, `status` and what else the server keeps
  /// @throws dev.backstay.model.EngineException also if the user may not read the object
  public LiveText compare(
      String snapshot, String path, String namespace, boolean noise, CancelToken cancel) {
    ByteArrayOutputStream yaml = new ByteArrayOutputStream();
    repository.cat(snapshot, path, 0, LARGEST, yaml, cancel);
    ObjectNode stored = CanonicalYaml.read(yaml.toByteArray());
    Optional<ObjectNode> found = live(stored, namespace);
    if (!noise) {
      quiet(stored);
      found.ifPresent(LiveComparison::quiet);
    }
    boolean same = found.isPresent() && stored.equals(found.get());
    if (stored.path("kind").asString("").equals("Secret")) {
      mask(stored, found.orElse(null));
    }
    if (found.isEmpty()) {
      return new LiveText(LiveText.State.ABSENT, text(stored), "");
    }
    LiveText.State state = same ? LiveText.State.SAME : LiveText.State.DIFFERENT;
    return new LiveText(state, text(stored), text(found.get()));
  }

  private Optional<ObjectNode> live(ObjectNode stored, String namespace) {
    String apiVersion = stored.path("apiVersion").asString("");
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String kind = stored.path("kind").asString("");
    ServedResource served =
        cluster
            .types()
            .byKind(group, kind)
            .orElseThrow(() ->
                new NotFoundException(
                    "compare.no-kind",
                    "the cluster serves no " + kind + (group.isEmpty() ? "" : "." + group),
                    "its definition may be gone; restore that first"));
    String name = stored.path("metadata").path("name").asString("");
    return cluster.connection().find(served.type().path(namespace, name));
  }

  private static String text(ObjectNode object) {
    return new String(CanonicalYaml.write(object), StandardCharsets.UTF_8);
  }

  private static void quiet(ObjectNode object) {
    object.remove("status");
    if (object.path("metadata") instanceof ObjectNode metadata) {
      NOISE.forEach(metadata::remove);
      if (metadata.path("annotations") instanceof ObjectNode annotations) {
        annotations.remove(APPLIED);
        if (annotations.isEmpty()) {
          metadata.remove("annotations");
        }
      }
    }
  }

  /// Equal values look equal and different ones different, and none is shown.
  private static void mask(ObjectNode stored, @Nullable ObjectNode live) {
    for (String field : List.of("data", "stringData")) {
      ObjectNode left = stored.path(field) instanceof ObjectNode node ? node : null;
      ObjectNode right = live != null && live.path(field) instanceof ObjectNode node ? node : null;
      Set<String> same = same(left, right);
      mask(left, same, " (stored)");
      mask(right, same, " (live)");
    }
  }

  private static Set<String> same(@Nullable ObjectNode left, @Nullable ObjectNode right) {
    Set<String> same = new HashSet<>();
    if (left != null && right != null) {
      left.properties().stream()
          .filter(e -> e.getValue().equals(right.get(e.getKey())))
          .forEach(e -> same.add(e.getKey()));
    }
    return same;
  }

  private static void mask(@Nullable ObjectNode values, Set<String> same, String mark) {
    if (values != null) {
      List<String> names = List.copyOf(values.propertyNames());
      names.forEach(name -> values.put(name, MASK + (same.contains(name) ? "" : mark)));
    }
  }
}
