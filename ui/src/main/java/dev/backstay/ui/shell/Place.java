package dev.backstay.ui.shell;

import dev.backstay.model.RestorePoint;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.repositories.OpenRepository;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.restore.SavedRestorePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where in the window the user is. Going back means going to the one before.
public sealed interface Place {

  /// What is protected at a glance, and the first steps.
  record Overview() implements Place {}

  /// A namespace of a context.
  ///
  /// @param pvc the PVC to begin with, empty for the first
  record Namespace(OpenCluster cluster, String namespace, String pvc) implements Place {
    public Namespace(OpenCluster cluster, String namespace) {
      this(cluster, namespace, "");
    }
  }

  /// Every PVC and VolumeSnapshot of a context.
  record Volumes(OpenCluster cluster) implements Place {}

  /// The storage classes of a context.
  record Classes(OpenCluster cluster) implements Place {}

  /// Every restore point that is known.
  record Points() implements Place {}

  /// Inside a restore point.
  ///
  /// @param path where to begin, `/` for the top
  /// @param look what to show beside the folder to begin with
  record Browse(RestorePoint point, String path, Look look) implements Place {

    /// What stands beside the folder.
    public enum Look {
      PREVIEW,
      COMPARE
    }

    public Browse(RestorePoint point, String path) {
      this(point, path, Look.PREVIEW);
    }
  }

  /// The plan of a backup.
  ///
  /// @param request what is asked for to begin with
  record BackUp(OpenCluster cluster, BackUpRequest request) implements Place {

    /// @param pvcs which PVCs, empty for all
    public BackUp(OpenCluster cluster, String namespace, List<String> pvcs) {
      this(cluster, BackUpRequest.of(namespace, pvcs));
    }
  }

  /// The restore of a point.
  ///
  /// @param only what of it, as `--only` of the command line; empty for everything
  /// @param parts whether single parts are wanted and none is named yet: nothing then, until the
  ///   user names some
  /// @param again the job whose wish is repeated, null for a new one
  /// @param saved the plan that is carried out, null for a wish
  record Restore(
      RestorePoint point,
      List<String> only,
      boolean parts,
      @Nullable JobSpec again,
      @Nullable SavedRestorePlan saved)
      implements Place {

    public Restore(RestorePoint point, List<String> only) {
      this(point, only, false, null, null);
    }

    public Restore(RestorePoint point, JobSpec again) {
      this(point, List.of(), false, again, null);
    }

    public Restore(RestorePoint point, SavedRestorePlan saved) {
      this(point, List.of(), false, null, saved);
    }

    /// Of single parts; the user names them in the wizard.
    public static Restore nothingYet(RestorePoint point) {
      return new Restore(point, List.of(), true, null, null);
    }
  }

  /// Jobs, with one of them chosen.
  record Jobs(@Nullable JobId job) implements Place {}

  record Repositories() implements Place {}

  /// Every snapshot of a repository, restore points and folders of machines alike.
  record Snapshots(OpenRepository repository) implements Place {}

  record Settings() implements Place {}

  record About() implements Place {}
}
