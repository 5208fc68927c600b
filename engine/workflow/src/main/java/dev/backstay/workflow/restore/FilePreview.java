package dev.backstay.workflow.restore;

import dev.backstay.cluster.mover.FileFate;
import dev.backstay.cluster.mover.FilesIn;
import dev.backstay.cluster.volume.RunningVolume;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FilePath;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Tells file by file what a restore would do with a volume. What is in a PVC now is looked at
/// through a pod that runs and has it: a plan makes no pod of its own.
final class FilePreview {

  private static final String NOBODY =
      "no running pod has the volume, and a plan starts none: what is there is looked at when the"
          + " restore runs";

  private final ClusterSession cluster;
  private final RepositorySession repository;
  private final Prepared prepared;

  FilePreview(ClusterSession cluster, RepositorySession repository, Prepared prepared) {
    this.cluster = cluster;
    this.repository = repository;
    this.prepared = prepared;
  }

  PlannedFiles of(PlannedVolume volume, int most, CancelToken cancel) {
    if (!volume.writes()) {
      return PlannedFiles.NONE;
    }
    VolumePaths scope = prepared.paths().getOrDefault(volume.pvc(), VolumePaths.WHOLE);
    List<FileEntry> wanted =
        new VolumeTree(repository.repository(), prepared.snapshot(), volume.pvc(), scope, cancel)
            .entries();
    FilesIn.Mode mode =
        volume.action() == PlannedVolume.Action.MIRROR ? FilesIn.Mode.MIRROR : FilesIn.Mode.MERGE;
    Collected collected = new Collected(most);
    if (volume.action() == PlannedVolume.Action.FILL) {
      FilesIn.foresee(wanted, Map.of(), scope, mode, collected::add);
      return collected.all("");
    }
    Map<FilePath, FileEntry> there = new HashMap<>();
    String unknown = look(volume.pvc(), there, cancel);
    if (there.isEmpty()) {
      FilesIn.foresee(wanted, there, scope, mode, collected::addUnseen);
    } else {
      FilesIn.foresee(wanted, there, scope, mode, collected::add);
    }
    return collected.all(unknown);
  }

  /// @return why it is not known what is there, or not all of it
  private String look(String pvc, Map<FilePath, FileEntry> there, CancelToken cancel) {
    try {
      Optional<RunningVolume> running =
          RunningVolume.find(cluster.connection().under(cancel), prepared.namespace(), pvc);
      if (running.isEmpty()) {
        return NOBODY;
      }
      boolean whole = running.get().list(cancel, entry -> there.put(entry.path(), entry)).isEmpty();
      return whole ? "" : "pod " + running.get().pod() + " may not list all of it";
    } catch (CancelledException e) {
      throw e;
    } catch (EngineException e) {
      cancel.checkpoint();
      there.clear();
      return String.valueOf(e.getMessage());
    }
  }

  /// The first files that change and the first that stay, and how many there are.
  private static final class Collected {
    private final int most;
    private final List<PlannedFile> changing = new ArrayList<>();
    private final List<PlannedFile> staying = new ArrayList<>();
    private final Map<PlannedFile.Action, Long> counts = new EnumMap<>(PlannedFile.Action.class);

    Collected(int most) {
      this.most = most;
    }

    void add(FileFate fate) {
      add(
          fate,
          switch (fate.what()) {
            case CREATE -> PlannedFile.Action.CREATE;
            case OVERWRITE -> PlannedFile.Action.OVERWRITE;
            case SKIP -> PlannedFile.Action.SKIP;
            case DELETE -> PlannedFile.Action.DELETE;
          });
    }

    void addUnseen(FileFate fate) {
      add(fate, PlannedFile.Action.WRITE);
    }

    private void add(FileFate fate, PlannedFile.Action action) {
      counts.merge(action, 1L, Long::sum);
      List<PlannedFile> list = action == PlannedFile.Action.SKIP ? staying : changing;
      if (list.size() < most) {
        list.add(new PlannedFile(fate.path().toString(), action, fate.bytes(), fate.reason()));
      }
    }

    PlannedFiles all(String unknown) {
      List<PlannedFile> files = new ArrayList<>(changing);
      files.addAll(staying.subList(0, Math.min(staying.size(), most - changing.size())));
      return new PlannedFiles(files, counts, unknown);
    }
  }
}
