package dev.backstay.model;

import org.jspecify.annotations.Nullable;

/// The cluster or the file system says that this user may not do that.
public final class ForbiddenException extends EngineException {

  /// The code of a cluster's answer that the user lacks a right.
  public static final String NO_RIGHT = "cluster.forbidden";

  private static final long serialVersionUID = 1L;

  public ForbiddenException(String code, String message, String remedy) {
    this(code, message, remedy, null);
  }

  public ForbiddenException(String code, String message, String remedy, @Nullable Throwable cause) {
    super(code, message, remedy, cause);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
