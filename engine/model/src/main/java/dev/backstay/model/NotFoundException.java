package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// The thing named does not exist: a context, a namespace, a restore point, a path.
public final class NotFoundException extends EngineException {

  private static final long serialVersionUID = 1L;

  public NotFoundException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public NotFoundException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
