package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// What the user gave cannot be used: an argument, a kubeconfig, a settings file, a name.
public final class InvalidInputException extends EngineException {

  private static final long serialVersionUID = 1L;

  public InvalidInputException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public InvalidInputException(
      String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
