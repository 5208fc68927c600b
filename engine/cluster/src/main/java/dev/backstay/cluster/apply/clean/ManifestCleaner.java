package dev.backstay.cluster.apply.clean;

import dev.backstay.cluster.apply.clean.Cleaned.LeftOut;
import dev.backstay.cluster.apply.clean.Cleaned.Restorable;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.cluster.temporary.Annotations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Takes off stored objects what belongs to the cluster that they came from, and sorts out those
/// that something else makes. The rules are those that Velero, Stork and Kasten agree on.
public final class ManifestCleaner {

  private static final List<String> METADATA =
      List.of(
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "generateName",
          "managedFields",
          "ownerReferences");

  /// Kinds that hold what nothing can make again, so that an owner is no reason to leave them out.
  private static final Set<String> DATA = Set.of("/PersistentVolumeClaim", "/Secret", "/ConfigMap");

  /// What a restore that was under way during the back-up had noted in the objects.
  private static final List<String> OUR_MARKS =
      List.of(Annotations.REPLICAS, Annotations.UNFINISHED_RESTORE);

  private static final String BUILT_IN_FINALIZER = "kubernetes.io/";

  private final CleanOptions options;

  public ManifestCleaner(CleanOptions options) {
    this.options = options;
  }

  /// Cleans all objects of a restore point; the given ones are not changed.
  ///
  /// @param objects all of them, also those that are not to be restored: an object is left out when
  ///   its controller is among them
  /// @return one answer for each, in their order
  public List<Cleaned> clean(Collection<StoredObject> objects) {
    CleanContext context = new CleanContext(options, new ManifestSet(objects));
    return objects.stream().map(object -> clean(object, context)).toList();
  }

  private Cleaned clean(StoredObject stored, CleanContext context) {
    ManifestKey key = stored.key();
    KindRule rule = KindRules.of(key.group(), key.kind());
    String reason = leftOut(stored, rule, context);
    if (reason != null) {
      return new LeftOut(key, reason);
    }
    List<String> notes = new ArrayList<>();
    ObjectNode object = stored.object().deepCopy();
    object.remove("status");
    metadata(object, key, notes);
    rule.clean(object, stored.object(), context, notes);
    return new Restorable(target(key), object, notes);
  }

  private static @Nullable String leftOut(
      StoredObject stored, KindRule rule, CleanContext context) {
    String never = NeverRestored.reason(stored);
    if (never != null) {
      return never;
    }
    String controlled = controlled(stored, context);
    return controlled != null ? controlled : rule.leftOut(stored.object(), context);
  }

  private static @Nullable String controlled(StoredObject stored, CleanContext context) {
    Optional<ManifestKey> controller = context.set().controller(stored.object());
    if (controller.isEmpty()) {
      return null;
    }
    ManifestKey key = stored.key();
    boolean data = DATA.contains(key.group() + "/" + key.kind());
    boolean ofPod = controller.get().kind().equals("Pod");
    return data && !ofPod ? null : "made by " + controller.get();
  }

  private void metadata(ObjectNode object, ManifestKey key, List<String> notes) {
    ObjectNode metadata =
        ObjectFields.object(object, "metadata").orElseGet(() -> object.putObject("metadata"));
    metadata.remove(METADATA);
    ObjectFields.removeFrom(object, OUR_MARKS, "metadata", "annotations");
    metadata.put("name", key.name());
    if (key.namespace() == null) {
      metadata.remove("namespace");
    } else {
      metadata.put("namespace", options.to());
    }
    if (!options.keepFinalizers()) {
      finalizers(metadata, notes);
    }
  }

  private static void finalizers(ObjectNode metadata, List<String> notes) {
    List<String> dropped =
        metadata.path("finalizers").values().stream()
            .map(f -> f.asString(""))
            .filter(f -> !f.contains(BUILT_IN_FINALIZER))
            .toList();
    metadata.remove("finalizers");
    if (!dropped.isEmpty()) {
      notes.add("without its finalizers: " + String.join(", ", dropped));
    }
  }

  private ManifestKey target(ManifestKey key) {
    boolean itself = key.group().isEmpty() && key.kind().equals("Namespace");
    return new ManifestKey(
        key.group(),
        key.version(),
        key.plural(),
        key.kind(),
        key.namespace() == null ? null : options.to(),
        itself ? options.to() : key.name());
  }
}
