package dev.backstay.workflow.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.lock.Grant;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ContextLocksTest {

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicReference<List<ContextMark>> marks =
      new AtomicReference<>(
          List.of(
              new ContextMark("prod", true, "RED", false),
              new ContextMark("saved", true, "", true),
              new ContextMark("test", false, "GREEN", false)));
  private final ContextLocks locks = new ContextLocks(marks::get, now::get, Duration.ofMinutes(15));

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private LockState state(String context) {
    return locks.state(ContextId.of(context)).state();
  }

  @Test
  void onlyWhatIsMarkedIsLocked() {
    assertEquals(LockState.LOCKED, state("prod"));
    assertEquals(LockState.BACKUP, state("saved"));
    assertEquals(LockState.UNLOCKED, state("test"));
    assertEquals(LockState.UNLOCKED, state("unheard-of"));
    assertEquals(Grant.READ, locks.standing(null).grant("saved"));
    assertEquals(Grant.ALL, locks.standing(null).grant("test"));
  }

  @Test
  void onlyItsOwnNameUnlocks() {
    for (String typed : List.of("", "Prod", "prod ", "saved", "y")) {
      assertThrows(InvalidInputException.class, () -> locks.unlock(ContextId.of("prod"), typed));
    }
    assertEquals(LockState.LOCKED, state("prod"));
    locks.unlock(ContextId.of("prod"), "prod");
    assertEquals(
        new LockStanding(LockState.UNLOCKED, Optional.of(Duration.ofMinutes(15))),
        locks.state(ContextId.of("prod")));
    assertEquals(LockState.BACKUP, state("saved"));
    locks.lock(ContextId.of("prod"));
    assertEquals(LockState.LOCKED, state("prod"));
  }

  @Test
  void theUnlockLapses() {
    locks.unlock(ContextId.of("prod"), "prod");
    pass(Duration.ofMinutes(14));
    assertEquals(Optional.of(Duration.ofMinutes(1)), locks.state(ContextId.of("prod")).left());
    assertEquals(Grant.ALL, locks.standing(null).grant("prod"));
    pass(Duration.ofMinutes(1));
    assertEquals(LockState.LOCKED, state("prod"));
    assertEquals(Grant.READ, locks.standing(null).grant("prod"));
    assertEquals(Optional.empty(), locks.state(ContextId.of("prod")).left());
  }

  @Test
  void aClockThatIsSetBackProlongsNothing() {
    locks.unlock(ContextId.of("prod"), "prod");
    pass(Duration.ofHours(-1));
    assertEquals(LockState.LOCKED, state("prod"));
  }

  @Test
  void aJobKeepsItsGrantToItsEndAndNoOtherStarts() {
    JobGrant restore = locks.forJob(ContextId.of("prod"), JobNeeds.EVERYTHING);
    assertEquals("context.locked", restore.blockers().getFirst().code());
    assertThrows(ForbiddenException.class, restore::lease);
    locks.unlock(ContextId.of("prod"), "prod");
    assertEquals(List.of(), restore.blockers());
    assertEquals(Grant.READ, restore.grant("prod")); // planned, not submitted
    try (var _ = restore.lease()) {
      pass(Duration.ofHours(3));
      assertEquals(Grant.ALL, restore.grant("prod"));
      assertEquals(Grant.READ, restore.grant("saved"));
      assertEquals(Grant.READ, locks.standing(null).grant("prod"));
      JobGrant next = locks.forJob(ContextId.of("prod"), JobNeeds.BACKUP);
      assertThrows(ForbiddenException.class, next::lease);
      assertEquals(Grant.READ, next.grant("prod"));
    }
    assertEquals(Grant.READ, restore.grant("prod"));
  }

  @Test
  void aBackUpIsGrantedNoMoreThanABackUp() {
    locks.unlock(ContextId.of("prod"), "prod");
    for (String context : List.of("prod", "saved")) {
      JobGrant backUp = locks.forJob(ContextId.of(context), JobNeeds.BACKUP);
      try (var _ = backUp.lease()) {
        assertEquals(Grant.BACKUP, backUp.grant(context));
      }
    }
    assertThrows(
        ForbiddenException.class,
        () -> locks.forJob(ContextId.of("saved"), JobNeeds.EVERYTHING).lease());
  }

  @Test
  void aLeaseEndsOnce() {
    JobGrant grant = locks.forJob(ContextId.of("saved"), JobNeeds.BACKUP);
    JobGrant.Lease first = grant.lease();
    JobGrant.Lease second = grant.lease();
    first.close();
    first.close();
    assertEquals(Grant.BACKUP, grant.grant("saved"));
    second.close();
    assertEquals(Grant.READ, grant.grant("saved"));
  }

  @Test
  void aMarkCountsAtOnce() {
    JobGrant planned = locks.forJob(ContextId.of("test"), JobNeeds.EVERYTHING);
    assertEquals(Grant.ALL, planned.grant("test"));
    marks.set(List.of(new ContextMark("test", true, "", false)));
    assertEquals(LockState.LOCKED, state("test"));
    assertEquals(Grant.READ, planned.grant("test"));
    assertThrows(ForbiddenException.class, planned::lease);
  }

  @Test
  void ofTwoMarksTheStricterCounts() {
    marks.set(
        List.of(
            new ContextMark("prod", true, "", true),
            new ContextMark("prod", false, "", false),
            new ContextMark("prod", true, "", false)));
    assertEquals(LockState.LOCKED, state("prod"));
    assertTrue(locks.mark("prod").production());
  }

  /// Two kubeconfigs both define `prod`: the name was typed for one of them.
  @Test
  void unlockingIsForOneKubeconfig() {
    Path file = Path.of("other", "config");
    ContextId other = new ContextId(file, "prod");
    locks.unlock(other, "prod");
    assertEquals(LockState.UNLOCKED, locks.state(other).state());
    assertEquals(LockState.LOCKED, state("prod"));
    assertEquals(Grant.ALL, locks.standing(file).grant("prod"));
    assertEquals(Grant.READ, locks.standing(null).grant("prod"));
    JobGrant planned = locks.forJob(ContextId.of("prod"), JobNeeds.EVERYTHING);
    assertThrows(ForbiddenException.class, planned::lease);
    locks.forJob(other, JobNeeds.EVERYTHING).lease().close();
  }
}
