package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// A server does not answer, or the connection to it broke.
public final class UnreachableException extends EngineException {

  private static final long serialVersionUID = 1L;

  public UnreachableException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public UnreachableException(
      String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
