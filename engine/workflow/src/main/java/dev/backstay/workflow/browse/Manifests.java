package dev.backstay.workflow.browse;

import dev.backstay.cluster.manifest.CanonicalYaml;
import dev.backstay.model.CancelToken;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Manifests made ready for being put side by side.
final class Manifests {

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

  private Manifests() {}

  static ObjectNode read(
      RepositorySession session, String snapshot, String path, CancelToken cancel) {
    ByteArrayOutputStream yaml = new ByteArrayOutputStream();
    session.cat(snapshot, path, 0, LARGEST, yaml, cancel);
    return CanonicalYaml.read(yaml.toByteArray());
  }

  static String text(@Nullable ObjectNode object) {
    return object == null ? "" : new String(CanonicalYaml.write(object), StandardCharsets.UTF_8);
  }

  /// Takes out what the server keeps by itself.
  static void quiet(@Nullable ObjectNode object) {
    if (object == null) {
      return;
    }
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

  static boolean isSecret(@Nullable ObjectNode object) {
    return object != null && object.path("kind").asString("").equals("Secret");
  }

  /// Equal values look equal and different ones different, and none is shown.
  ///
  /// @param leftMark behind a value of the left one that differs
  /// @param rightMark behind one of the right one
  static void mask(
      @Nullable ObjectNode left, @Nullable ObjectNode right, String leftMark, String rightMark) {
    for (String field : List.of("data", "stringData")) {
      mask(child(left, field), child(right, field), Set.of(), leftMark, rightMark);
    }
    mask(applied(left), applied(right), Set.of(APPLIED), leftMark, rightMark);
  }

  private static @Nullable ObjectNode child(@Nullable ObjectNode object, String field) {
    return object != null && object.path(field) instanceof ObjectNode node ? node : null;
  }

  private static @Nullable ObjectNode applied(@Nullable ObjectNode object) {
    return child(child(object, "metadata"), "annotations");
  }

  /// @param only the names of values that are masked; empty for all
  private static void mask(
      @Nullable ObjectNode left,
      @Nullable ObjectNode right,
      Set<String> only,
      String leftMark,
      String rightMark) {
    Set<String> same = same(left, right);
    mask(left, only, same, leftMark);
    mask(right, only, same, rightMark);
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

  private static void mask(
      @Nullable ObjectNode values, Set<String> only, Set<String> same, String mark) {
    if (values != null) {
      List.copyOf(values.propertyNames()).stream()
          .filter(name -> only.isEmpty() || only.contains(name))
          .forEach(name -> values.put(name, MASK + (same.contains(name) ? "" : mark)));
    }
  }
}
