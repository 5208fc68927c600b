package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.mover.FilesOut;
import dev.backstay.cluster.mover.Mover;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.ItemFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// A volume as a pod that runs has it. Looking into it makes nothing in the cluster; what the
/// container's user may not read is not seen.
public final class RunningVolume {

  private final FilesOut files;
  private final String pod;

  private RunningVolume(FilesOut files, String pod) {
    this.files = files;
    this.pod = pod;
  }

  /// Empty if no running pod has it.
  ///
  /// @throws dev.backstay.model.EngineException if pods may not be listed
  public static Optional<RunningVolume> find(
      ClusterConnection connection, String namespace, String pvc) {
    List<ObjectNode> pods = new ArrayList<>();
    connection
        .list("/api/v1/namespaces/" + namespace + "/pods", Query.NONE)
        .forEachRemaining(pods::add);
    return new PodMounts(pods)
        .running(pvc)
        .map(mount ->
            new RunningVolume(
                new FilesOut(
                    new Mover(
                        connection, namespace, mount.pod(), mount.container(), mount.path(), false),
                    pvc),
                mount.pod()));
  }

  public String pod() {
    return pod;
  }

  /// See [FilesOut#list].
  public List<ItemFailure> list(CancelToken cancel, Consumer<FileEntry> entries) {
    return files.list(cancel, entries);
  }
}
