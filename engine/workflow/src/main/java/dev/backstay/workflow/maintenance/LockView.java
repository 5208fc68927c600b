package dev.backstay.workflow.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A lock on a repository.
///
/// @param id the name of its file
/// @param time when it was written or renewed, or null if it cannot be read
/// @param exclusive whether nobody else may hold one
/// @param hostname of its machine, or the UID of its pod
/// @param username by whom
/// @param pid which process
/// @param removed whether it goes, or went
/// @param reason why: `dead process`, `gone holder`, `stale`, `asked`; empty if it stays
public record LockView(
    String id,
    @Nullable Instant time,
    boolean exclusive,
    String hostname,
    String username,
    long pid,
    boolean removed,
    String reason) {}
