package dev.backstay.workflow.restore;

import dev.backstay.cluster.mover.MoverUser;
import java.util.ArrayList;
import java.util.List;

/// What restoring would do with the data of one PVC.
///
/// @param pvc the PVC that is filled, in the target's namespace
/// @param action what happens to its data
/// @param storageClass the class it gets or has, empty for the cluster's default
/// @param capacity bytes it will have or has, -1 if unknown
/// @param files files, folders and links in the restore point
/// @param bytes plain bytes of all files in the restore point
/// @param method how it is written
/// @param losses what that cannot carry, each one sentence
/// @param reason why, one sentence; empty for a plain filling
/// @param paths which paths of it, those left out with a `!` before them; empty for all
public record PlannedVolume(
    String pvc,
    Action action,
    String storageClass,
    long capacity,
    long files,
    long bytes,
    String method,
    List<String> losses,
    String reason,
    List<String> paths) {

  /// What happens to the data of a PVC.
  public enum Action {
    /// A new PVC gets it.
    FILL("fill"),
    /// An existing PVC gets it; other files stay.
    MERGE("merge"),
    /// An existing PVC gets it; other files are deleted.
    MIRROR("mirror"),
    /// An existing PVC stays as it is.
    KEEP("exists-skip"),
    /// It cannot be restored.
    CONFLICT("conflict");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /// As tables and JSON show it.
    public String text() {
      return text;
    }
  }

  public PlannedVolume {
    losses = List.copyOf(losses);
    paths = List.copyOf(paths);
  }

  /// The same for a part of the volume.
  PlannedVolume part(List<String> rules, long partFiles, long partBytes) {
    return new PlannedVolume(
        pvc, action, storageClass, capacity, partFiles, partBytes, method, losses, reason, rules);
  }

  /// The same by a mover pod that does not run as root.
  ///
  /// @param refused why not as root
  PlannedVolume as(MoverUser user, String refused) {
    List<String> more = new ArrayList<>(losses);
    more.add(MoverUsers.loss(user));
    return new PlannedVolume(
        pvc,
        action,
        storageClass,
        capacity,
        files,
        bytes,
        method + " as " + user,
        more,
        reason.isEmpty() ? refused : reason + "; " + refused,
        paths);
  }

  /// It cannot be restored.
  PlannedVolume refused(String why) {
    return new PlannedVolume(
        pvc, Action.CONFLICT, storageClass, capacity, files, bytes, method, losses, why, paths);
  }

  /// Whether anything is written into it.
  public boolean writes() {
    return switch (action) {
      case FILL, MERGE, MIRROR -> true;
      case KEEP, CONFLICT -> false;
    };
  }
}
