package dev.backstay.workflow.repository;

/// One thing that a place for repositories must be able to do.
///
/// @param name what, by a key that is never renamed: `write`, `rename`, `clock`
/// @param answer whether it can
/// @param detail what was seen, one sentence
/// @param remedy what to do about it, empty if it is well
public record Capability(String name, Answer answer, String detail, String remedy) {

  /// How a test went.
  public enum Answer {
    GOOD,
    /// It works, and the user should know something.
    DOUBTFUL,
    MISSING
  }

  static Capability good(String name, String detail) {
    return new Capability(name, Answer.GOOD, detail, "");
  }
}
