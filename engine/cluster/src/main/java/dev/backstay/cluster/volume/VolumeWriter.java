package dev.backstay.cluster.volume;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.mover.FileScope;
import dev.backstay.cluster.mover.FilesIn;
import dev.backstay.cluster.mover.Mover;
import dev.backstay.cluster.mover.MoverPod;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.mover.MoverUser;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.temporary.TemporaryObject;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Meter;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Fills a PVC through a mover pod of its own. The PVC exists already, bound or not: with
/// WaitForFirstConsumer the mover pod is its first consumer. Used by one thread; closing removes
/// the pod and keeps the PVC.
public final class VolumeWriter implements AutoCloseable {

  /// The code of the error for a PVC whose class gives it no volume, which took a while to believe.
  public static final String NO_VOLUME = "volume.not-provisioned";

  private final ClusterConnection connection;
  private final TemporaryObject pod;
  private final Creations creations;
  private final MoverSettings settings;
  private final MoverUser user;
  private final FilesIn files;
  private final CancelToken cancel;

  private VolumeWriter(
      ClusterConnection connection,
      TemporaryObject pod,
      Creations creations,
      MoverSettings settings,
      MoverUser user,
      FilesIn files,
      CancelToken cancel) {
    this.connection = connection;
    this.pod = pod;
    this.creations = creations;
    this.settings = settings;
    this.user = user;
    this.files = files;
    this.cancel = cancel;
  }

  /// Starts the mover pod and waits for it: as root, or as the other user where root is not
  /// admitted.
  ///
  /// @param other null if nobody but root is known to be able to write it
  /// @throws dev.backstay.model.EngineException if it does not start
  public static VolumeWriter open(
      ClusterConnection connection,
      String namespace,
      String pvc,
      MoverSettings settings,
      @Nullable MoverUser other,
      JobTag tag,
      Creations creations,
      CancelToken cancel) {
    ClusterConnection jobs = connection.unlessSilent();
    ClusterConnection cancellable = jobs.under(cancel);
    TemporaryObject pod =
        new TemporaryObject(TemporaryObject.POD, namespace, VolumeSource.nameFor(tag, pvc));
    Function<MoverUser, ObjectNode> manifest =
        user ->
            MoverPod.manifest(
                tag, settings, namespace, pod.name(), new MoverPod.Use(pvc, false, "", user));
    MoverUser user = MoverUser.ROOT;
    try {
      pod.ensure(cancellable, manifest.apply(user), tag, creations);
    } catch (ForbiddenException e) {
      if (other == null) {
        throw e;
      }
      user = other.writing();
      pod.ensure(cancellable, manifest.apply(user), tag, creations);
    }
    Mover mover =
        new Mover(cancellable, namespace, pod.name(), MoverPod.CONTAINER, Mover.ROOT, true);
    VolumeWriter writer =
        new VolumeWriter(
            jobs, pod, creations, settings, user, new FilesIn(mover, pvc, user), cancel);
    try {
      new PodStart(cancellable, pod, pvc).await(settings.readyTimeout());
    } catch (dev.backstay.model.EngineException e) {
      writer.close();
      throw e;
    }
    return writer;
  }

  /// As whom it writes: anybody but root cannot give files to other owners.
  public MoverUser user() {
    return user;
  }

  /// See [FilesIn#write].
  public List<ItemFailure> write(
      List<FileEntry> entries,
      FileScope scope,
      FilesIn.Contents contents,
      FilesIn.Mode mode,
      Meter meter) {
    return files.write(entries, scope, contents, mode, cancel, meter);
  }

  @Override
  public void close() {
    pod.remove(connection, creations, settings.readyTimeout());
  }
}
