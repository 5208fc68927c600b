package dev.backstay.workflow.repository;

import java.util.List;

/// The wish to give back the space of what no snapshot needs.
///
/// @param exclusive alone and at once; else beside running writers, in two phases
/// @param maxUnused how much unused space may stay: `5%`, `200M`, `unlimited`; empty for the
///   default
/// @param maxRepackSize how many bytes are repacked at most: `10G`; empty for any number
/// @param repackSmall repack packs below 80 % of the usual size
/// @param cacheableOnly repack packs of folders only
/// @param fewSnapshots go on though there are no snapshots, or less than half of those before
/// @param asIfForgotten ids of snapshots that do not count; such a plan is only to be looked at
public record PruneRepositoryRequest(
    boolean exclusive,
    String maxUnused,
    String maxRepackSize,
    boolean repackSmall,
    boolean cacheableOnly,
    boolean fewSnapshots,
    List<String> asIfForgotten) {}
