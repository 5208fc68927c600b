package dev.backstay.workflow.repository;

import java.util.List;

/// What a prune did.
///
/// @param packsDeleted how many packs are gone
/// @param bytesFreed of them
/// @param packsSetAside how many wait for the writers that may still refer to them
/// @param bytesSetAside of them
/// @param packsWritten how many packs were made of the rest of others
/// @param bytesWritten of them
/// @param packsBroughtBack how many that had been set aside were needed after all
/// @param postponed why something was left for a later run; empty if nothing was
public record PruneRepositoryOutcome(
    long packsDeleted,
    long bytesFreed,
    long packsSetAside,
    long bytesSetAside,
    long packsWritten,
    long bytesWritten,
    long packsBroughtBack,
    List<String> postponed) {}
