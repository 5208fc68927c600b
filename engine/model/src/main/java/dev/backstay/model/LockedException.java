package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// Somebody else holds what is needed: a repository lock, the catalog, a job.
public final class LockedException extends EngineException {

  private static final long serialVersionUID = 1L;

  public LockedException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public LockedException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
