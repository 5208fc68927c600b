package dev.backstay.cluster.access;

/// What the server says about a question.
///
/// @param question what was asked
/// @param verdict the answer; UNKNOWN where the server gave none or only half of one
/// @param reason the server's words, or empty
public record AccessAnswer(AccessQuestion question, Verdict verdict, String reason) {

  /// UNKNOWN is neither a yes nor a no.
  public enum Verdict {
    ALLOWED,
    DENIED,
    UNKNOWN
  }

  public boolean denied() {
    return verdict == Verdict.DENIED;
  }
}
