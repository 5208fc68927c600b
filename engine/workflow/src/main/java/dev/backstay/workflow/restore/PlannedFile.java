package dev.backstay.workflow.restore;

/// What restoring would do with one file of a PVC.
///
/// @param path in the volume
/// @param action what happens
/// @param bytes of the file that is written, or of the one that goes
/// @param reason why, one phrase; empty for a plain creation
public record PlannedFile(String path, Action action, long bytes, String reason) {

  /// What happens to a file.
  public enum Action {
    CREATE("create"),
    OVERWRITE("overwrite"),
    DELETE("delete"),
    SKIP("skip"),
    /// What is there could not be looked at.
    WRITE("create-or-overwrite");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /// As tables and JSON show it.
    public String text() {
      return text;
    }
  }
}
