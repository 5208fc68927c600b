package dev.backstay.repository.copy;

import dev.backstay.model.ItemFailure;
import java.util.List;

/// What a copy did.
///
/// @param made ids of the new snapshots, in the order of the plan
/// @param blobs how many were sent
/// @param bytes sealed bytes that were sent
/// @param failures snapshots that could not be copied because something of them is lost
public record CopyReport(List<String> made, long blobs, long bytes, List<ItemFailure> failures) {}
