package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// Bytes are not what they should be: a hash, a MAC, a length or a structure does not hold.
public final class DamagedException extends EngineException {

  private static final long serialVersionUID = 1L;

  public DamagedException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public DamagedException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
