package dev.backstay.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a job ended. Warnings belong to [Completed]: everything asked for was carried.
public sealed interface Outcome {

  /// What was made and stays, as far as the job makes one: the id of a restore point.
  @Nullable String restorePoint();

  List<ItemFailure> warnings();

  record Completed(@Nullable String restorePoint, List<ItemFailure> warnings) implements Outcome {}

  /// Some items failed; what was made is kept and marked as partial.
  record PartiallyFailed(
      @Nullable String restorePoint, List<ItemFailure> failures, List<ItemFailure> warnings)
      implements Outcome {}

  record Failed(EngineException error, List<ItemFailure> warnings) implements Outcome {
    @Override
    public @Nullable String restorePoint() {
      return null;
    }
  }

  record Cancelled(List<ItemFailure> warnings) implements Outcome {
    @Override
    public @Nullable String restorePoint() {
      return null;
    }
  }
}
