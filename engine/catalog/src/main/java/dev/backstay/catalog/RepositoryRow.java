package dev.backstay.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A repository that was used from here.
///
/// @param id as its config file has it
/// @param location as the user wrote it last
/// @param synced when its restore points were last read as a whole; null if never, or if the
///   catalog was lost since: then [Catalog#replaceRestorePoints] is due
public record RepositoryRow(String id, String location, @Nullable Instant synced) {}
