package dev.backstay.repository.check;

/// One thing that a check found.
///
/// @param severity whether data is lost
/// @param code stable, such as `repository.pack-missing`
/// @param file the file of the store or the path in a snapshot that it is about
/// @param message one sentence
public record CheckFinding(Severity severity, String code, String file, String message) {

  public enum Severity {
    /// Something cannot be restored.
    ERROR,
    /// Nothing is lost: space that a prune gives back, or an oddity.
    HINT
  }
}
