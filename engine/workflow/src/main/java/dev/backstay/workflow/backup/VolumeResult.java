package dev.backstay.workflow.backup;

import dev.backstay.model.ItemFailure;
import dev.backstay.repository.snapshot.FileCounts;
import java.util.List;

/// What one volume brought.
///
/// @param pvc the PVC
/// @param entries files, folders and links
/// @param counts compared with the parent
/// @param bytesRead plain bytes that came through the network
/// @param failures files that could not be read
record VolumeResult(
    String pvc, long entries, FileCounts counts, long bytesRead, List<ItemFailure> failures) {}
