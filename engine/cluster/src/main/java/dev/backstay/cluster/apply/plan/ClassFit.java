package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Whether the StorageClasses that new PVCs name exist, or are made by the restore.
final class ClassFit {

  private static final ResourceType CLASS =
      ResourceType.clusterScoped("storage.k8s.io", "v1", "storageclasses", "StorageClass");

  private ClassFit() {}

  static List<ItemFailure> check(ClusterConnection connection, List<PlannedManifest> objects) {
    Set<String> made =
        objects.stream()
            .filter(o -> o.key().kind().equals("StorageClass") && o.action() == ObjectAction.CREATE)
            .map(o -> o.key().name())
            .collect(Collectors.toSet());
    List<ItemFailure> failures = new ArrayList<>();
    for (String name : wanted(objects)) {
      if (!made.contains(name) && missing(connection, name)) {
        failures.add(
            new ItemFailure(
                "storageclasses/" + name,
                "restore.no-class",
                "the cluster has no StorageClass " + name + ", which PVCs of the restore ask for",
                "map it to one that the cluster has (--class-map " + name + "=OTHER)"));
      }
    }
    return failures;
  }

  private static Set<String> wanted(List<PlannedManifest> objects) {
    Set<String> names = new TreeSet<>();
    for (PlannedManifest object : objects) {
      ObjectNode body = object.object();
      if (body == null || object.action() != ObjectAction.CREATE) {
        continue;
      }
      if (object.key().kind().equals("PersistentVolumeClaim") && !bound(body)) {
        names.add(ObjectFields.text(body, "spec", "storageClassName"));
      }
      ObjectFields.objects(body, "spec", "volumeClaimTemplates")
          .forEach(t -> names.add(ObjectFields.text(t, "spec", "storageClassName")));
    }
    names.remove("");
    return names;
  }

  private static boolean bound(ObjectNode claim) {
    return !ObjectFields.text(claim, "spec", "volumeName").isEmpty();
  }

  private static boolean missing(ClusterConnection connection, String name) {
    try {
      return connection.find(CLASS.path("", name)).isEmpty();
    } catch (EngineException e) {
      return false; // who may not read classes has to trust the name
    }
  }
}
