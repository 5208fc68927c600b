package dev.backstay.workflow.browse;

import dev.backstay.model.ItemFailure;
import java.util.List;

/// How a search in snapshots ended.
///
/// @param unindexed ids of snapshots that were not indexed: they were walked, or left out
/// @param failures snapshots that are damaged
public record SearchReport(List<String> unindexed, List<ItemFailure> failures) {}
