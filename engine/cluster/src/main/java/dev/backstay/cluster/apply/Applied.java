package dev.backstay.cluster.apply;

import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.model.ItemFailure;
import org.jspecify.annotations.Nullable;

/// What became of a planned object.
///
/// @param planned what was planned
/// @param end how it went
/// @param failure why not, null unless it failed
public record Applied(PlannedManifest planned, End end, @Nullable ItemFailure failure) {

  /// How it went.
  public enum End {
    CREATED,
    REPLACED,
    /// It was there already as wanted, made by this job before it was taken up.
    ALREADY_DONE,
    SKIPPED,
    FAILED
  }
}
