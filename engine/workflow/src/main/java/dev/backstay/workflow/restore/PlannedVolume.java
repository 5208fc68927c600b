package dev.backstay.workflow.restore;

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
public record PlannedVolume(
    String pvc,
    Action action,
    String storageClass,
    long capacity,
    long files,
    long bytes,
    String method,
    List<String> losses,
    String reason) {

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
  }

  /// Whether anything is written into it.
  public boolean writes() {
    return switch (action) {
      case FILL, MERGE, MIRROR -> true;
      case KEEP, CONFLICT -> false;
    };
  }
}
