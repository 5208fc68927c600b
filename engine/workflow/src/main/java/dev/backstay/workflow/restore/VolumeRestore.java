package dev.backstay.workflow.restore;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.mover.FilesIn;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.volume.VolumeWriter;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.workflow.job.Attempt;
import dev.backstay.workflow.job.JobContext;
import java.util.List;

/// Writes the data of one volume into its PVC.
final class VolumeRestore {

  private final ClusterConnection connection;
  private final OpenRepository repository;
  private final Prepared prepared;
  private final JobContext context;

  VolumeRestore(
      ClusterConnection connection,
      OpenRepository repository,
      Prepared prepared,
      JobContext context) {
    this.connection = connection;
    this.repository = repository;
    this.prepared = prepared;
    this.context = context;
  }

  /// @return files that are not as they should be
  /// @throws dev.backstay.model.EngineException if the volume as a whole could not be written; if
  ///   its pod was lost, the progress is as before
  List<ItemFailure> run(PlannedVolume volume) {
    Attempt attempt = new Attempt(context.progress());
    try {
      return run(volume, attempt);
    } catch (UnreachableException e) {
      attempt.undo();
      throw e;
    }
  }

  private List<ItemFailure> run(PlannedVolume volume, Attempt attempt) {
    VolumePaths paths = prepared.paths().getOrDefault(volume.pvc(), VolumePaths.WHOLE);
    VolumeTree tree =
        new VolumeTree(repository, prepared.snapshot(), volume.pvc(), paths, context.cancel());
    attempt.expect(tree.entries().size(), tree.bytes());
    JobTag tag = new JobTag(context.id().text(), prepared.installation());
    try (VolumeWriter writer =
        VolumeWriter.open(
            connection,
            prepared.namespace(),
            volume.pvc(),
            prepared.mover(),
            prepared.users().get(volume.pvc()),
            tag,
            new Journalled(context.journal()),
            context.cancel())) {
      if (!writer.user().root()) {
        context.warn(MoverUsers.warning(volume.pvc(), writer.user()));
      }
      return writer.write(
          tree.entries(),
          paths,
          entry -> tree.open(entry, context.progress()),
          volume.action() == PlannedVolume.Action.MIRROR ? FilesIn.Mode.MIRROR : FilesIn.Mode.MERGE,
          attempt::done);
    }
  }

  /// Temporary objects go through the journal.
  private record Journalled(dev.backstay.workflow.journal.JobJournal journal) implements Creations {
    @Override
    public void creating(String path) {
      journal.creating(path);
    }

    @Override
    public void removed(String path) {
      journal.removed(path);
    }
  }
}
