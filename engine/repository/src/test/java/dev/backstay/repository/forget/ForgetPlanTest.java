package dev.backstay.repository.forget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.ConflictException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ForgetPlanTest {

  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private static DatedSnapshot snapshot(int number, String... tags) {
    return new DatedSnapshot(
        new Snapshot(
            String.format("%064x", number),
            NOW.minusSeconds(3600L * (100 - number)),
            null,
            new BlobId(1, 2, 3, 4),
            List.of("/data"),
            "host",
            "",
            List.of(),
            List.of(tags),
            null,
            "",
            null),
        0);
  }

  private static final List<DatedSnapshot> FIVE =
      List.of(
          snapshot(1),
          snapshot(2, ForgetPolicy.PINNED),
          snapshot(3),
          snapshot(4),
          snapshot(5, ForgetPolicy.PARTIAL));

  private static ForgetPlan plan(ForgetPolicy policy, List<DatedSnapshot> snapshots) {
    return ForgetPlanner.plan(ForgetRequest.of(policy), snapshots, Set.of(), NOW);
  }

  private static List<Integer> numbers(List<Snapshot> snapshots) {
    return snapshots.stream().map(s -> Integer.parseInt(s.id(), 16)).toList();
  }

  @Test
  void thePinnedAndTheLastGoodOnesStay() {
    ForgetPlan plan = plan(ForgetPolicy.NONE.keep(KeepPeriod.LAST, 1).keepLastGood(1), FIVE);
    // The oldest too: restic's rule where the count is not used up; here it is.
    assertEquals(List.of(5, 4, 2), numbers(plan.kept()));
    assertEquals(List.of(3, 1), numbers(plan.removed()));
    assertEquals(
        List.of("last good snapshot"), plan.groups().getFirst().decisions().get(1).rules());
  }

  @Test
  void aPolicyThatKeepsNothingIsASlip() {
    assertThrows(InvalidInputException.class, () -> plan(ForgetPolicy.NONE, FIVE));
  }

  @Test
  void aGroupDoesNotLoseAllItHas() {
    ForgetPolicy tagged = ForgetPolicy.NONE.keepTags(List.of(List.of("other")));
    List<DatedSnapshot> unpinned = List.of(snapshot(1), snapshot(3));
    ConflictException refused = assertThrows(ConflictException.class, () -> plan(tagged, unpinned));
    assertEquals("forget.everything", refused.code());
    ForgetRequest asked =
        new ForgetRequest(
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            ForgetGrouping.HOST_AND_PATHS,
            tagged,
            true);
    assertEquals(2, ForgetPlanner.plan(asked, unpinned, Set.of(), NOW).removed().size());
  }

  @Test
  void namedOnesGoUnlessTheyArePinned() {
    assertEquals(List.of(3), numbers(named(3).removed()));
    assertEquals("forget.pinned", assertThrows(ConflictException.class, () -> named(2)).code());
  }

  private static ForgetPlan named(int number) {
    ForgetRequest request =
        new ForgetRequest(
            List.of("x"),
            List.of(),
            List.of(),
            List.of(),
            ForgetGrouping.HOST_AND_PATHS,
            ForgetPolicy.NONE,
            false);
    return ForgetPlanner.plan(request, FIVE, Set.of(String.format("%064x", number)), NOW);
  }

  @Test
  void aPlanDoesNotOutliveWhatItKeeps() {
    ForgetPlan plan = plan(ForgetPolicy.NONE.keep(KeepPeriod.LAST, 2), FIVE);
    Set<String> all =
        FIVE.stream().map(s -> s.snapshot().id()).collect(Collectors.toCollection(HashSet::new));
    ForgetPlanner.confirm(plan, all);
    all.add("f".repeat(64));
    all.remove(plan.removed().getFirst().id());
    ForgetPlanner.confirm(plan, all);
    all.remove(plan.kept().getFirst().id());
    assertThrows(ConflictException.class, () -> ForgetPlanner.confirm(plan, all));
  }

  @Test
  void spansRunOverIntoTheNextMonthAsGosDo() {
    OffsetDateTime end = OffsetDateTime.parse("2026-03-31T10:00:00Z");
    assertEquals(Instant.parse("2026-03-03T08:00:00Z"), KeepSpan.parse("1m2h").before(end));
    assertEquals("1y5m7d2h", KeepSpan.parse("1y5m7d2h").toString());
    for (String bad : new ArrayList<>(List.of("5", "d", "1x", "1d-2h", "1d 2h"))) {
      assertThrows(InvalidInputException.class, () -> KeepSpan.parse(bad), bad);
    }
    assertTrue(KeepSpan.parse("").isNone());
  }
}
