package dev.backstay.repository.local;

import dev.backstay.model.ItemFailure;
import dev.backstay.repository.WriterStats;
import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;

/// What a backup of local folders did. The snapshot holds everything but the failures.
public record ArchiveReport(Snapshot snapshot, WriterStats stats, List<ItemFailure> failures) {}
