package dev.backstay.repository.copy;

import dev.backstay.model.ItemFailure;
import dev.backstay.repository.copy.CopyPlan.Skipped;
import java.util.List;

/// What a copy did.
///
/// @param made ids of the new snapshots, in the order of the plan
/// @param skipped snapshots that somebody else copied since the plan
/// @param blobs how many were sent
/// @param bytes sealed bytes that were sent
/// @param failures snapshots that could not be copied because something of them is lost
/// @param warnings what was not as it should be and did no harm
public record CopyReport(
    List<String> made,
    List<Skipped> skipped,
    long blobs,
    long bytes,
    List<ItemFailure> failures,
    List<ItemFailure> warnings) {

  /// Nothing.
  public static final CopyReport NONE =
      new CopyReport(List.of(), List.of(), 0, 0, List.of(), List.of());

  CopyReport warn(ItemFailure warning) {
    return new CopyReport(made, skipped, blobs, bytes, failures, List.of(warning));
  }
}
