package dev.backstay.workflow.restore;

import dev.backstay.model.CancelToken;
import dev.backstay.workflow.Plan;
import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A restore, computed and not done. It holds what the live cluster was like: the job refuses to
/// overwrite what changed since.
public final class RestorePlan implements Plan {

  private final RestorePreview preview;
  private final SavedRestorePlan saved;
  private final Job job;
  private final @Nullable JobId resumes;
  private final FilePreview files;

  RestorePlan(
      RestorePreview preview,
      FilePreview files,
      SavedRestorePlan saved,
      Job job,
      @Nullable JobId resumes) {
    this.preview = preview;
    this.files = files;
    this.saved = saved;
    this.job = job;
    this.resumes = resumes;
  }

  /// For showing and exporting.
  public RestorePreview preview() {
    return preview;
  }

  /// What happens to each file of a PVC. Looked at only when it is asked for; may wait.
  ///
  /// @param most how many to list, those that change first
  public PlannedFiles files(PlannedVolume volume, int most, CancelToken cancel) {
    return files.of(volume, most, cancel);
  }

  /// For a file that can be carried out later.
  public SavedRestorePlan saved() {
    return saved;
  }

  /// Overwritten objects and existing PVCs that are written into cannot be had back from the
  /// cluster.
  @Override
  public boolean destroys() {
    return preview.count(PlannedObject.Action.OVERWRITE) > 0
        || preview.volumes().stream()
            .anyMatch(v -> v.writes() && v.action() != PlannedVolume.Action.FILL);
  }

  @Override
  public boolean blocked() {
    return !preview.blockers().isEmpty();
  }

  @Override
  public Optional<JobId> resumes() {
    return Optional.ofNullable(resumes);
  }

  @Override
  public Job job() {
    return job;
  }
}
