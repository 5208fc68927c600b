package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// The one error tree of the engine. Each leaf is a kind of failure that a presenter treats alike,
/// so a `switch` over it needs no `default`; the [#code()] says which failure it was.
///
/// Messages, codes and remedies never hold a secret: they are printed, logged and stored as they
/// are. The tree is sealed in one package because a sealed class of the class path must be.
public abstract sealed class EngineException extends RuntimeException
    permits CancelledException,
        ConflictException,
        DamagedException,
        ForbiddenException,
        InternalException,
        InvalidInputException,
        LockedException,
        NotFoundException,
        StorageException,
        TimedOutException,
        UnauthenticatedException,
        UnreachableException,
        UnsupportedException {

  private static final long serialVersionUID = 1L;

  private final String code;
  private final String remedy;

  EngineException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
    this.remedy = remedy;
  }

  /// A stable identifier such as `repository.wrong-password`, for scripts and searches. It never
  /// changes.
  public final String code() {
    return code;
  }

  /// What the user can do about it: one sentence, or empty if there is nothing to do.
  public final String remedy() {
    return remedy;
  }

  /// Whether the same call may work later without anything being changed.
  public abstract boolean retryable();
}
