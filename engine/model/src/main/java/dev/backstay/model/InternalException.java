package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// A mistake of ours. The message says what was being done; the log has the rest.
public final class InternalException extends EngineException {

  private static final long serialVersionUID = 1L;

  public InternalException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public InternalException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
