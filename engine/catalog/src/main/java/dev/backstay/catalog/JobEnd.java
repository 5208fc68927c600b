package dev.backstay.catalog;

import dev.backstay.model.ItemFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a job of the history ended.
///
/// @param outcome `COMPLETED`, `PARTIALLY_FAILED`, `FAILED` or `CANCELLED`
/// @param restorePoint what it made, null if nothing
/// @param error why it failed, null unless it did
/// @param failures items that failed; at most [Catalog#ITEMS_KEPT] are stored
/// @param warnings likewise
public record JobEnd(
    String outcome,
    @Nullable String restorePoint,
    @Nullable ItemFailure error,
    List<ItemFailure> failures,
    List<ItemFailure> warnings) {

  public JobEnd {
    failures = List.copyOf(failures);
    warnings = List.copyOf(warnings);
  }
}
