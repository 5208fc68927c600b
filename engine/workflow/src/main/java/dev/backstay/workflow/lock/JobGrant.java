package dev.backstay.workflow.lock;

import dev.backstay.cluster.lock.Grant;
import dev.backstay.cluster.lock.OperationLock;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.ItemFailure;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What the requests of one planned job may do. While it is planned it only reads; from its
/// submission to its end it may do what its kind needs and no more, whatever lapses or is locked
/// meanwhile. In a context that is not marked production it may do everything.
public final class JobGrant implements OperationLock {

  private final ContextLocks locks;
  private final ContextId context;
  private final JobNeeds needs;
  private final AtomicInteger leases = new AtomicInteger();

  JobGrant(ContextLocks locks, ContextId context, JobNeeds needs) {
    this.locks = locks;
    this.context = context;
    this.needs = needs;
  }

  /// What forbids the job now, for its plan.
  public List<ItemFailure> blockers() {
    if (leases.get() > 0) {
      return List.of();
    }
    return locks.refusal(context, needs).stream()
        .map(refusal -> ItemFailure.of("context/" + context.name(), refusal))
        .toList();
  }

  /// Grants it until the lease is closed.
  ///
  /// @throws ForbiddenException with code `context.locked`
  public Lease lease() {
    locks
        .refusal(context, needs)
        .ifPresent(refusal -> {
          throw refusal;
        });
    leases.incrementAndGet();
    return new Lease(this);
  }

  @Override
  public Grant grant(String asked) {
    if (!locks.mark(asked).production()) {
      return Grant.ALL;
    }
    return asked.equals(context.name()) && leases.get() > 0 ? needs.grant() : Grant.READ;
  }

  /// One running job's hold on it.
  public static final class Lease implements AutoCloseable {

    private final JobGrant grant;
    private boolean closed;

    Lease(JobGrant grant) {
      this.grant = grant;
    }

    @Override
    public synchronized void close() {
      if (!closed) {
        closed = true;
        grant.leases.decrementAndGet();
      }
    }
  }
}
