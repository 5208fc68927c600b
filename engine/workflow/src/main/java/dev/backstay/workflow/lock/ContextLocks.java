package dev.backstay.workflow.lock;

import dev.backstay.cluster.lock.Grant;
import dev.backstay.cluster.lock.OperationLock;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which contexts are locked. Marks are by name and count for every context that is called so; an
/// unlock is for the one context of one kubeconfig whose name was typed. A context that is marked
/// production is read-only; typing its name unlocks it for a while. A job keeps what it was granted
/// when it was submitted until it has ended, its clean-up included ([JobGrant]); no new one starts
/// after the lapse. Safe for use by many threads.
public final class ContextLocks {

  /// How long an unlocked context stays so.
  public static final Duration LAPSE = Duration.ofMinutes(15);

  private final ContextMarks marks;
  private final InstantSource clock;
  private final Duration lapse;
  private final Map<ContextId, Instant> unlocked = new ConcurrentHashMap<>();

  /// @param lapse after which an unlocked context is locked again
  public ContextLocks(ContextMarks marks, InstantSource clock, Duration lapse) {
    this.marks = marks;
    this.clock = clock;
    this.lapse = lapse;
  }

  public ContextMark mark(String context) {
    return marks.of(context);
  }

  /// Every mark as it is now; reads files.
  public List<ContextMark> marks() {
    return List.copyOf(marks.all());
  }

  /// How a context stands; reads files.
  public LockStanding state(ContextId context) {
    return standing(marks.of(context.name()), context);
  }

  /// How a context stands if that is its mark. Reads nothing and never waits.
  public LockStanding standing(ContextMark mark, ContextId context) {
    if (!mark.production()) {
      return new LockStanding(LockState.UNLOCKED, Optional.empty());
    }
    Duration left = left(context);
    if (left.isPositive()) {
      return new LockStanding(LockState.UNLOCKED, Optional.of(left));
    }
    LockState state = mark.backups() ? LockState.BACKUP : LockState.LOCKED;
    return new LockStanding(state, Optional.empty());
  }

  /// A clock that was set back would make it longer than it was meant to be: then it has lapsed.
  private Duration left(ContextId context) {
    Instant since = unlocked.get(context);
    if (since == null || clock.instant().isBefore(since)) {
      return Duration.ZERO;
    }
    return Duration.between(clock.instant(), since.plus(lapse));
  }

  /// Unlocks a context; begins the time anew if it is unlocked.
  ///
  /// @param typedName what the user typed
  /// @throws InvalidInputException if that is not its name
  public void unlock(ContextId context, String typedName) {
    String name = context.name();
    if (name.isEmpty() || !typedName.equals(name)) {
      throw new InvalidInputException(
          "context.name-differs",
          "'" + typedName + "' is not the name of context " + name + "; it stays locked",
          "type the name exactly as 'backstay contexts' shows it");
    }
    unlocked.put(context, clock.instant());
  }

  /// Locks it again. Jobs that run keep what they were granted.
  public void lock(ContextId context) {
    unlocked.remove(context);
  }

  /// For requests of a session that belong to no job: everything in an unlocked context, else only
  /// reading. The right to back up is for back-ups.
  public OperationLock standing(@Nullable Path kubeconfig) {
    return name ->
        state(new ContextId(kubeconfig, name)).state() == LockState.UNLOCKED
            ? Grant.ALL
            : Grant.READ;
  }

  /// Why a job that needs so much cannot start now.
  public Optional<ForbiddenException> refusal(ContextId context, JobNeeds needs) {
    Grant there =
        switch (state(context).state()) {
          case LOCKED -> Grant.READ;
          case BACKUP -> Grant.BACKUP;
          case UNLOCKED -> Grant.ALL;
        };
    return there.covers(needs.grant())
        ? Optional.empty()
        : Optional.of(locked(context.name(), needs));
  }

  private static ForbiddenException locked(String context, JobNeeds needs) {
    String other =
        needs == JobNeeds.BACKUP
            ? ", or allow back-ups for good: backstay context mark " + context + " --backups"
            : "";
    return new ForbiddenException(
        OperationLock.LOCKED,
        "context " + context + " is marked production and read-only",
        "unlock it by its name: --unlock " + context + other);
  }

  /// The slot of a job that is planned.
  public JobGrant forJob(ContextId context, JobNeeds needs) {
    return new JobGrant(this, context, needs);
  }
}
