package dev.backstay.model;

/// The user asked to stop. Thrown by [CancelToken#checkpoint()] only.
public final class CancelledException extends EngineException {

  private static final long serialVersionUID = 1L;

  CancelledException() {
    super("job.cancelled", "cancelled", "", null);
  }

  @Override
  public boolean retryable() {
    return false;
  }
}
