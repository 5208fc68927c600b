package dev.backstay.workflow.repository;

import java.util.List;

/// The wish to forget snapshots of a repository: those that are named, or those that rules do not
/// keep.
///
/// @param named beginnings of ids, or `latest`; if there are any, no rule is applied
/// @param hosts only snapshots of one of them; all if empty
/// @param paths only snapshots that have all of them
/// @param tags only snapshots that have all tags of one of these lists; all if empty
/// @param groupBy `host`, `paths` and `tags` with commas, or empty for one group
/// @param keep what stays
/// @param removeAll whether a group may lose its last snapshot
public record ForgetSnapshotsRequest(
    List<String> named,
    List<String> hosts,
    List<String> paths,
    List<List<String>> tags,
    String groupBy,
    KeepRules keep,
    boolean removeAll) {}
