package dev.backstay.workflow.repository;

import dev.backstay.repository.forget.ForgetGrouping;
import dev.backstay.repository.forget.ForgetPolicy;
import dev.backstay.repository.forget.ForgetRequest;
import dev.backstay.repository.forget.KeepPeriod;
import dev.backstay.repository.forget.KeepSpan;
import dev.backstay.repository.prune.MaxUnused;
import dev.backstay.repository.prune.PruneOptions;
import dev.backstay.repository.prune.PruneOutcome;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Wishes about forget and prune as the repository takes them.
final class Upkeep {

  private Upkeep() {}

  static ForgetRequest request(ForgetSnapshotsRequest request) {
    return new ForgetRequest(
        request.named(),
        request.hosts(),
        request.paths(),
        request.tags(),
        ForgetGrouping.parse(request.groupBy()),
        policy(request.keep()),
        request.removeAll());
  }

  private static ForgetPolicy policy(KeepRules rules) {
    ForgetPolicy policy =
        ForgetPolicy.NONE
            .keepWithin(KeepSpan.parse(rules.withinAny()))
            .keepTags(rules.tags())
            .keepLastGood(rules.lastGood());
    for (Map.Entry<String, Integer> count : rules.counts().entrySet()) {
      policy = policy.keep(period(count.getKey()), count.getValue());
    }
    for (Map.Entry<String, String> within : rules.within().entrySet()) {
      policy = policy.keepWithin(period(within.getKey()), KeepSpan.parse(within.getValue()));
    }
    return policy;
  }

  private static KeepPeriod period(String word) {
    return KeepPeriod.valueOf(word.toUpperCase(Locale.ROOT));
  }

  static PruneOptions options(PruneRepositoryRequest request) {
    PruneOptions usual = PruneOptions.DEFAULT;
    return new PruneOptions(
        request.exclusive(),
        request.maxUnused().isEmpty() ? usual.maxUnused() : MaxUnused.parse(request.maxUnused()),
        request.maxRepackSize().isEmpty()
            ? usual.maxRepackBytes()
            : MaxUnused.size(request.maxRepackSize()),
        request.repackSmall(),
        request.cacheableOnly(),
        usual.minimumAge(),
        usual.foreignPatience(),
        request.fewSnapshots(),
        Set.copyOf(request.asIfForgotten()));
  }

  static PruneRepositoryOutcome outcome(PruneOutcome outcome) {
    return new PruneRepositoryOutcome(
        outcome.packsDeleted(),
        outcome.bytesFreed(),
        outcome.packsSetAside(),
        outcome.bytesSetAside(),
        outcome.packsWritten(),
        outcome.bytesWritten(),
        outcome.packsBroughtBack(),
        outcome.postponed());
  }
}
