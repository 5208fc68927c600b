package dev.backstay.stores;

import dev.backstay.model.EngineException;

/// One thing that was tried at a store.
///
/// @param name what, by a key that is never renamed
/// @param detail what was seen, one sentence
/// @param remedy what to do about it, empty if it is well
public record StoreFinding(String name, Answer answer, String detail, String remedy) {

  /// How it went.
  public enum Answer {
    GOOD,
    /// It works, and the user should know something.
    DOUBTFUL,
    MISSING
  }

  static StoreFinding good(String name, String detail) {
    return new StoreFinding(name, Answer.GOOD, detail, "");
  }

  static StoreFinding doubtful(String name, String detail, String remedy) {
    return new StoreFinding(name, Answer.DOUBTFUL, detail, remedy);
  }

  static StoreFinding missing(String name, EngineException e) {
    return new StoreFinding(name, Answer.MISSING, String.valueOf(e.getMessage()), e.remedy());
  }
}
