package dev.backstay.workflow.journal;

import dev.backstay.model.ItemFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a job ended, as its journal keeps it.
///
/// @param outcome `COMPLETED`, `PARTIALLY_FAILED`, `FAILED` or `CANCELLED`
/// @param restorePoint what it made, null if nothing
/// @param error why it failed, null unless it did
public record JournalEnd(
    String outcome,
    @Nullable String restorePoint,
    @Nullable ItemFailure error,
    List<ItemFailure> failures,
    List<ItemFailure> warnings) {}
