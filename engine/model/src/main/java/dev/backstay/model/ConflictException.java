package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// The world is not as the plan saw it: something exists already, changed since, or contradicts the
/// request.
public final class ConflictException extends EngineException {

  private static final long serialVersionUID = 1L;

  public ConflictException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public ConflictException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
