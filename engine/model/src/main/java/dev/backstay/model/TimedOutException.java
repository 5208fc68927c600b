package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// Something did not happen in the time given to it.
public final class TimedOutException extends EngineException {

  private static final long serialVersionUID = 1L;

  public TimedOutException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public TimedOutException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }
}
