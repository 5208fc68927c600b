package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// Known, and refused by name: a volume mode, a repository version, a kind of file.
public final class UnsupportedException extends EngineException {

  private static final long serialVersionUID = 1L;

  public UnsupportedException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public UnsupportedException(
      String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
