package dev.backstay.app.command;

import dev.backstay.workflow.repository.PruneRepositoryRequest;
import java.util.List;
import picocli.CommandLine.Option;

/// How a prune works.
final class PruneTuning {

  @Option(
      names = "--exclusive",
      description = "Work alone under an exclusive lock; the space is back at once.")
  boolean exclusive;

  @Option(
      names = "--max-unused",
      paramLabel = "LIMIT",
      description = "Unused space that may stay: 5%% (default), 200M, 0 or 'unlimited'.")
  String maxUnused = "";

  @Option(
      names = "--max-repack-size",
      paramLabel = "SIZE",
      description = "Repack at most so much: 10G.")
  String maxRepackSize = "";

  @Option(names = "--repack-small", description = "Repack packs below 80 %% of the usual size.")
  boolean repackSmall;

  @Option(names = "--repack-cacheable-only", description = "Repack packs of folders only.")
  boolean cacheableOnly;

  @Option(
      names = "--unsafe-few-snapshots",
      description = "Go on though there are no snapshots, or less than half of those before.")
  boolean fewSnapshots;

  PruneRepositoryRequest request() {
    return request(false, List.of());
  }

  /// @param few whether it is known that there are few snapshots left
  /// @param asIfForgotten ids of snapshots that do not count
  PruneRepositoryRequest request(boolean few, List<String> asIfForgotten) {
    return new PruneRepositoryRequest(
        exclusive,
        maxUnused,
        maxRepackSize,
        repackSmall,
        cacheableOnly,
        fewSnapshots || few,
        asIfForgotten);
  }
}
