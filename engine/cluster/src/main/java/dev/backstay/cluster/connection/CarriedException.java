package dev.backstay.cluster.connection;

import dev.backstay.model.EngineException;
import java.io.IOException;

/// Carries one of our errors through OkHttp, which expects its interceptors to throw IOExceptions.
final class CarriedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final EngineException error;

  CarriedException(EngineException error) {
    super(error.getMessage(), error);
    this.error = error;
  }

  EngineException error() {
    return error;
  }
}
