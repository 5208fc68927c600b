package dev.backstay.cluster.volumesnapshot;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.temporary.TemporaryObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// A PVC whose content comes from a VolumeSnapshot of its namespace.
///
/// @param pvc its name
/// @param volumeSnapshot where its content comes from
/// @param phase `Pending`, `Bound` or `Lost`
public record DependentPvc(String pvc, String volumeSnapshot, String phase) {

  /// All of a namespace.
  public static List<DependentPvc> of(ClusterConnection connection, String namespace) {
    List<DependentPvc> found = new ArrayList<>();
    connection
        .list(TemporaryObject.PVC.path(namespace), Query.NONE)
        .forEachRemaining(pvc -> {
          JsonNode spec = pvc.path("spec");
          JsonNode source = spec.path(spec.has("dataSourceRef") ? "dataSourceRef" : "dataSource");
          if (source.path("kind").asString("").equals("VolumeSnapshot")) {
            found.add(
                new DependentPvc(
                    pvc.at("/metadata/name").asString(""),
                    source.path("name").asString(""),
                    pvc.at("/status/phase").asString("")));
          }
        });
    return found;
  }
}
