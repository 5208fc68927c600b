package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// The place that keeps the bytes refuses: full, read-only, an I/O error.
public final class StorageException extends EngineException {

  private static final long serialVersionUID = 1L;

  public StorageException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public StorageException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
