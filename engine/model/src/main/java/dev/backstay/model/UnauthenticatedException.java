package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// Credentials are missing, expired or wrong: a token, a certificate, a repository password.
public final class UnauthenticatedException extends EngineException {

  private static final long serialVersionUID = 1L;

  public UnauthenticatedException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public UnauthenticatedException(
      String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
