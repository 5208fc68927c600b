package dev.backstay.workflow.browse;

import dev.backstay.cluster.manifest.Manifest;
import dev.backstay.cluster.manifest.ManifestPath;
import dev.backstay.cluster.manifest.ManifestReader;
import dev.backstay.cluster.manifest.ManifestSelection;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.ItemFailure;
import dev.backstay.workflow.cluster.ClusterSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What a namespace's objects look like now, as a digest of each.
///
/// @param objects by the path that their manifests would have: `/manifests/core/configmaps/a.yaml`
/// @param failures kinds that could not be read
record LiveManifests(Map<String, Look> objects, List<ItemFailure> failures) {

  /// A manifest as it was compared.
  ///
  /// @param digest equal manifests have equal ones
  /// @param bytes of its YAML
  record Look(String digest, long bytes) {

    static Look at(ObjectNode object, boolean noise) {
      if (!noise) {
        Manifests.quiet(object);
      }
      byte[] yaml = Manifests.text(object).getBytes(StandardCharsets.UTF_8);
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(yaml);
        return new Look(HexFormat.of().formatHex(digest), yaml.length);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// @param below `manifests` or a folder in it
  static LiveManifests read(
      ClusterSession cluster, String namespace, FilePath below, boolean noise, CancelToken cancel) {
    Map<String, Look> objects = new HashMap<>();
    List<ItemFailure> failures =
        new ManifestReader(cluster.connection(), cluster.types())
            .read(namespace, selection(below), manifest -> see(objects, manifest, noise), cancel)
            .failures();
    return new LiveManifests(objects, failures);
  }

  private static void see(Map<String, Look> objects, Manifest manifest, boolean noise) {
    objects.put("/" + manifest.path(), Look.at(manifest.object(), noise));
  }

  /// One kind alone if the path is about one.
  private static ManifestSelection selection(FilePath below) {
    List<String> parts = List.of(below.toString().split("/"));
    if (parts.size() < 3 || parts.get(1).equals(ManifestPath.CLUSTER)) {
      return ManifestSelection.ALL;
    }
    return new ManifestSelection(Set.of(kind(parts.get(1), parts.get(2))), Set.of(), "", false);
  }

  private static String kind(String group, String plural) {
    return group.equals("core") ? plural : plural + "." + group;
  }

  /// Whether it is unknown if there is such an object, because its kind could not be read.
  boolean unread(String path) {
    String[] parts = path.split("/");
    return parts.length == 5
        && failures.stream().anyMatch(f -> f.item().equals(kind(parts[2], parts[3])));
  }
}
