package dev.backstay.workflow.repository;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A repository that was used from this machine.
///
/// @param id 64 hex characters
/// @param location as the user wrote it last
/// @param synced when its restore points were last read as a whole, null if never
public record KnownRepository(String id, String location, @Nullable Instant synced) {}
