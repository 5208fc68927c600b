package dev.backstay.repository.forget;

import dev.backstay.model.ConflictException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.repository.snapshot.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Makes plans, and holds them against what is there when they are applied.
public final class ForgetPlanner {

  private static final Comparator<ForgetGrouping.Key> ORDER =
      Comparator.comparing(ForgetGrouping.Key::host)
          .thenComparing(key -> String.join("\0", key.paths()))
          .thenComparing(key -> String.join("\0", key.tags()));

  private ForgetPlanner() {}

  /// @param named the snapshots that the request names
  /// @throws InvalidInputException if the policy keeps nothing at all, which is more likely a slip
  /// @throws ConflictException if a pinned snapshot is named, or a group would lose all it has
  public static ForgetPlan plan(
      ForgetRequest request, List<DatedSnapshot> all, Set<String> named, Instant now) {
    boolean byName = !request.named().isEmpty();
    if (!byName && request.policy().isEmpty() && !request.removeAll()) {
      throw new InvalidInputException(
          "forget.no-policy",
          "no policy says which snapshots are kept",
          "say what to keep, as in --keep-last 10 --keep-daily 14, or name snapshots");
    }
    Map<ForgetGrouping.Key, List<DatedSnapshot>> groups = new TreeMap<>(ORDER);
    all.stream()
        .filter(snapshot -> byName || request.covers(snapshot))
        .forEach(snapshot ->
            groups
                .computeIfAbsent(
                    request.grouping().key(snapshot.snapshot()), _ -> new ArrayList<>())
                .add(snapshot));
    List<ForgetPlan.Group> decided = new ArrayList<>();
    groups.forEach((key, group) ->
        decided.add(
            new ForgetPlan.Group(
                key,
                byName
                    ? byName(group, named)
                    : new PolicyRun(request.policy(), group, now).decide())));
    ForgetPlan plan = new ForgetPlan(decided);
    if (!request.removeAll()) {
      refuseEverything(plan, byName);
    }
    return plan;
  }

  private static List<ForgetPlan.Decision> byName(List<DatedSnapshot> group, Set<String> named) {
    return group.stream()
        .sorted(Comparator.comparing((DatedSnapshot s) -> s.snapshot().time()).reversed())
        .map(dated -> byName(dated, named))
        .toList();
  }

  private static ForgetPlan.Decision byName(DatedSnapshot dated, Set<String> named) {
    Snapshot snapshot = dated.snapshot();
    boolean gone = named.contains(snapshot.id());
    if (gone && dated.pinned()) {
      throw new ConflictException(
          "forget.pinned",
          "the snapshot " + snapshot.shortId() + " is pinned",
          "remove its tag '" + ForgetPolicy.PINNED + "' first");
    }
    return new ForgetPlan.Decision(snapshot, !gone, gone ? List.of() : List.of("not named"));
  }

  private static void refuseEverything(ForgetPlan plan, boolean byName) {
    if (byName) {
      if (plan.kept().isEmpty() && !plan.removed().isEmpty()) {
        throw everything("the repository");
      }
      return;
    }
    for (ForgetPlan.Group group : plan.groups()) {
      if (group.kept().isEmpty() && !group.removed().isEmpty()) {
        throw everything("the group of " + group.key().host() + ' ' + group.key().paths());
      }
    }
  }

  private static ConflictException everything(String what) {
    return new ConflictException(
        "forget.everything",
        what + " would lose all its snapshots",
        "keep at least one, or say --unsafe-allow-remove-all if nothing of it is needed");
  }

  /// A snapshot that the plan counted on to stay must still be there where others go: the policy
  /// would have kept another one in its place.
  ///
  /// @param there the ids of the snapshots that are there now
  /// @throws ConflictException if the repository moved on
  public static void confirm(ForgetPlan plan, Set<String> there) {
    for (ForgetPlan.Group group : plan.groups()) {
      Set<String> missing = new HashSet<>();
      group.kept().forEach(snapshot -> missing.add(snapshot.id()));
      missing.removeAll(there);
      if (!group.removed().isEmpty() && !missing.isEmpty()) {
        throw new ConflictException(
            "forget.moved-on",
            "snapshots that were to be kept are gone since the plan was made: " + missing,
            "make the plan again");
      }
    }
  }
}
