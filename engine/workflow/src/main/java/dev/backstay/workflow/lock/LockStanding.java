package dev.backstay.workflow.lock;

import java.time.Duration;
import java.util.Optional;

/// How a context stands now.
///
/// @param state what may be done in it
/// @param left how long it stays unlocked; empty if it does not lapse
public record LockStanding(LockState state, Optional<Duration> left) {}
