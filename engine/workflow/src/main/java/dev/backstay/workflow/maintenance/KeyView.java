package dev.backstay.workflow.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One password of a repository.
///
/// @param id the name of its file
/// @param current whether it opened the repository
/// @param created when it was made, or null if it does not say
/// @param username by whom
/// @param hostname where
/// @param damage what is wrong with its file, or empty
public record KeyView(
    String id,
    boolean current,
    @Nullable Instant created,
    String username,
    String hostname,
    String damage) {}
