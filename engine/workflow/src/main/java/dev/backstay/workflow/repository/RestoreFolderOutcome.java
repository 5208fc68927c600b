package dev.backstay.workflow.repository;

import dev.backstay.model.ItemFailure;
import java.util.List;

/// What a restore to a folder of this machine did.
///
/// @param files files, folders, links and devices that were restored
/// @param bytes plain bytes written
/// @param skipped what was there already and stayed
/// @param failures what could not be restored; everything else was
public record RestoreFolderOutcome(
    long files, long bytes, long skipped, List<ItemFailure> failures) {}
