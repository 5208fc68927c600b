package dev.backstay.repository.forget;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One policy applied to one group, newest snapshot first; decides exactly as restic does.
final class PolicyRun {

  private final ForgetPolicy policy;
  private final List<DatedSnapshot> group;
  private final @Nullable OffsetDateTime latest;
  private final Map<KeepPeriod, Integer> left = new EnumMap<>(KeepPeriod.class);
  private final Map<KeepPeriod, Long> last = new EnumMap<>(KeepPeriod.class);
  private final Map<KeepPeriod, Long> lastWithin = new EnumMap<>(KeepPeriod.class);
  private int goodLeft;

  /// @param now snapshots of the future are not the newest that spans are counted from
  PolicyRun(ForgetPolicy policy, List<DatedSnapshot> snapshots, Instant now) {
    this.policy = policy;
    group = new ArrayList<>(snapshots);
    group.sort(
        Comparator.comparing((DatedSnapshot s) -> s.snapshot().time())
            .reversed()
            .thenComparing(s -> s.snapshot().id()));
    latest =
        group.stream()
            .map(DatedSnapshot::time)
            .filter(time -> time.toInstant().isBefore(now))
            .findFirst()
            .orElse(null);
    left.putAll(policy.counts());
    goodLeft = policy.lastGood();
  }

  List<ForgetPlan.Decision> decide() {
    List<ForgetPlan.Decision> decisions = new ArrayList<>();
    for (int i = 0; i < group.size(); i++) {
      List<String> rules = rules(group.get(i), i);
      decisions.add(new ForgetPlan.Decision(group.get(i).snapshot(), !rules.isEmpty(), rules));
    }
    return decisions;
  }

  private List<String> rules(DatedSnapshot snapshot, int number) {
    List<String> rules = new ArrayList<>();
    if (snapshot.pinned()) {
      rules.add("pinned");
    }
    policy.tags().stream()
        .filter(snapshot::hasTags)
        .forEach(tags -> rules.add("has tags [" + String.join(", ", tags) + "]"));
    if (!policy.withinAny().isNone() && near(snapshot, policy.withinAny())) {
      rules.add("within " + policy.withinAny());
    }
    for (KeepPeriod period : KeepPeriod.values()) {
      count(period, snapshot, number, rules);
    }
    for (KeepPeriod period : KeepPeriod.values()) {
      within(period, snapshot, number, rules);
    }
    good(snapshot, rules);
    return rules;
  }

  private boolean near(DatedSnapshot snapshot, KeepSpan span) {
    return latest == null || snapshot.snapshot().time().isAfter(span.before(latest));
  }

  private void count(KeepPeriod period, DatedSnapshot snapshot, int number, List<String> rules) {
    int count = left.getOrDefault(period, 0);
    if (count == 0) {
      return;
    }
    if (begins(period, snapshot, number, last, rules, period.reason()) && count > 0) {
      left.put(period, count - 1);
    }
  }

  private void within(KeepPeriod period, DatedSnapshot snapshot, int number, List<String> rules) {
    KeepSpan span = policy.within().getOrDefault(period, KeepSpan.NONE);
    if (!span.isNone() && near(snapshot, span)) {
      begins(period, snapshot, number, lastWithin, rules, period.within() + ' ' + span);
    }
  }

  /// The newest of each period; and the oldest of all, which makes the history as long as can be.
  private boolean begins(
      KeepPeriod period,
      DatedSnapshot snapshot,
      int number,
      Map<KeepPeriod, Long> before,
      List<String> rules,
      String reason) {
    long bucket = period.bucket(snapshot.time(), number);
    boolean fresh = before.getOrDefault(period, -1L) != bucket;
    if (!fresh && number < group.size() - 1) {
      return false;
    }
    before.put(period, bucket);
    rules.add(fresh ? reason : "oldest " + reason);
    return true;
  }

  private void good(DatedSnapshot snapshot, List<String> rules) {
    if (goodLeft != 0 && !snapshot.partial()) {
      goodLeft -= goodLeft > 0 ? 1 : 0;
      rules.add("last good snapshot");
    }
  }
}
