package dev.backstay.repository.forget;

import dev.backstay.repository.snapshot.Snapshot;
import java.util.List;

/// The wish to forget snapshots: those that are named, or those that a policy does not keep.
///
/// @param named beginnings of ids, or `latest`; if there are any, no policy is applied
/// @param hosts only snapshots of one of them; all if empty
/// @param paths only snapshots that have all of them
/// @param tags only snapshots that have all tags of one of these lists; all if empty
/// @param grouping what the policy is applied to
/// @param policy what is kept
/// @param removeAll whether a group, or with `named` the repository, may lose its last snapshot
public record ForgetRequest(
    List<String> named,
    List<String> hosts,
    List<String> paths,
    List<List<String>> tags,
    ForgetGrouping grouping,
    ForgetPolicy policy,
    boolean removeAll) {

  public static ForgetRequest of(ForgetPolicy policy) {
    return new ForgetRequest(
        List.of(), List.of(), List.of(), List.of(), ForgetGrouping.HOST_AND_PATHS, policy, false);
  }

  boolean covers(DatedSnapshot dated) {
    Snapshot snapshot = dated.snapshot();
    return (hosts.isEmpty() || hosts.contains(snapshot.hostname()))
        && snapshot.paths().containsAll(paths)
        && (tags.isEmpty() || tags.stream().anyMatch(dated::hasTags));
  }
}
