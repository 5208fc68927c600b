package dev.backstay.workflow;

import dev.backstay.catalog.Catalog;
import dev.backstay.catalog.RestorePointFilter;
import dev.backstay.catalog.RestorePointRow;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.backup.BackUpPlan;
import dev.backstay.workflow.backup.BackUpPlanner;
import dev.backstay.workflow.backup.BackUpRequest;
import dev.backstay.workflow.cleanup.CleanUpPlan;
import dev.backstay.workflow.cleanup.CleanUpPlanner;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.Clusters;
import dev.backstay.workflow.job.JobHandle;
import dev.backstay.workflow.job.JobId;
import dev.backstay.workflow.job.JobLine;
import dev.backstay.workflow.job.JobRunner;
import dev.backstay.workflow.job.JobSummary;
import dev.backstay.workflow.journal.Installation;
import dev.backstay.workflow.journal.JournalView;
import dev.backstay.workflow.journal.Journals;
import dev.backstay.workflow.lock.ContextLocks;
import dev.backstay.workflow.lock.JobNeeds;
import dev.backstay.workflow.point.RestorePoints;
import dev.backstay.workflow.repository.KnownRepository;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.restore.RestorePlan;
import dev.backstay.workflow.restore.RestorePlanner;
import dev.backstay.workflow.restore.RestoreRequest;
import dev.backstay.workflow.restore.SavedRestorePlan;
import dev.backstay.workflow.volumesnapshot.DeletePlan;
import dev.backstay.workflow.volumesnapshot.DeletePlanner;
import dev.backstay.workflow.volumesnapshot.DeleteRequest;
import dev.backstay.workflow.volumesnapshot.NewClaimPlan;
import dev.backstay.workflow.volumesnapshot.NewClaimPlanner;
import dev.backstay.workflow.volumesnapshot.NewClaimRequest;
import dev.backstay.workflow.volumesnapshot.TakePlan;
import dev.backstay.workflow.volumesnapshot.TakePlanner;
import dev.backstay.workflow.volumesnapshot.TakeRequest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The engine as the command line and the window see it: open sessions, ask for plans, submit them.
///
/// Opening contacts nothing and starts no program. Safe for use by many threads.
public final class Engine implements AutoCloseable {

  private final EngineSettings settings;
  private final String installation;
  private final ContextLocks locks;
  private final Clusters clusters;
  private final Catalog catalog;
  private final Journals journals;
  private final JobRunner runner;

  private Engine(EngineSettings settings, ContextLocks locks) {
    SecureRandom random = new SecureRandom();
    this.settings = settings;
    this.installation = Installation.id(settings.data(), random);
    this.locks = locks;
    this.clusters = new Clusters(settings, locks);
    this.catalog = Catalog.open(settings.data().resolve("catalog"), settings.clock());
    this.journals =
        Journals.open(settings.data().resolve("journal"), installation, settings.clock());
    this.runner = new JobRunner(journals, catalog, settings.clock(), random);
  }

  public static Engine open(EngineSettings settings) {
    return open(settings, new ContextLocks(settings.marks(), settings.clock(), ContextLocks.LAPSE));
  }

  /// @param locks shared with whoever else opens contexts
  public static Engine open(EngineSettings settings, ContextLocks locks) {
    return new Engine(settings, locks);
  }

  public EngineSettings settings() {
    return settings;
  }

  /// This copy of the program, as its labels in clusters name it.
  public String installation() {
    return installation;
  }

  /// Which contexts are read-only now.
  public ContextLocks locks() {
    return locks;
  }

  /// Kubeconfigs and their contexts.
  public Clusters clusters() {
    return clusters;
  }

  /// For the other rooms of `workflow`; the window and the command line have no use for it.
  public Catalog catalog() {
    return catalog;
  }

  /// For the other rooms of `workflow`; the window and the command line have no use for it.
  public Journals journals() {
    return journals;
  }

  /// Jobs that a dead process left behind; contacts nothing.
  public List<JournalView> tidy() {
    return runner.tidy();
  }

  /// Dead jobs that may have left something temporary in a cluster, as far as the journals know;
  /// contacts nothing. The next job there removes it, or a clean-up.
  public List<ItemFailure> leftBehind(String context) {
    return journals.leftovers().stream()
        .filter(view -> context.equals(view.spec().context()))
        .map(view ->
            new ItemFailure(
                "job " + view.job(),
                "cleanup.leftovers",
                "it was interrupted and may have left "
                    + view.leftovers().size()
                    + " temporary objects in context "
                    + context,
                "'backstay cleanup' shows and removes them, and so does the next job there"))
        .toList();
  }

  /// Every job known, newest first.
  public List<JobSummary> jobs() {
    return runner.jobs();
  }

  /// What a job noted while it ran, oldest first; empty for one that is not known.
  public List<JobLine> jobLog(JobId job) {
    return runner.log(job);
  }

  /// The restore points of an open repository. Asking them brings the catalog up to date.
  public RestorePoints restorePoints(RepositorySession session) {
    return new RestorePoints(session, catalog);
  }

  /// The restore points that this machine knows of without asking any repository, newest first.
  public List<RestorePoint> knownRestorePoints() {
    return catalog.restorePoints(RestorePointFilter.ALL).stream()
        .map(RestorePointRow::point)
        .toList();
  }

  /// The repositories that were used from this machine; asks none of them.
  public List<KnownRepository> knownRepositories() {
    return catalog.repositories().stream()
        .map(row -> new KnownRepository(row.id(), row.location(), row.synced()))
        .toList();
  }

  /// Forgets that a repository was used from here, and what was known of it. The repository itself
  /// stays as it is.
  public void forgetRepository(String id) {
    catalog.removeRepository(id);
  }

  /// A job of this process that has not ended.
  public Optional<JobHandle> running(JobId job) {
    return runner.running(job);
  }

  /// Calls the listener after each change, on whatever thread made it; it must return soon.
  public Subscription subscribe(Consumer<EngineChange> listener) {
    Catalog.Subscription subscription =
        catalog.subscribe(change -> listener.accept(EngineChange.of(change)));
    return subscription::close;
  }

  /// Undoes [#subscribe(Consumer)].
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /// What backing up a namespace would do. The sessions must stay open until the plan's job has
  /// ended.
  public BackUpPlan plan(
      BackUpRequest request,
      ClusterSession cluster,
      RepositorySession repository,
      CancelToken cancel) {
    return planner(cluster.forJob(locks, JobNeeds.BACKUP), repository).plan(request, cancel);
  }

  private BackUpPlanner planner(ClusterSession cluster, RepositorySession repository) {
    return new BackUpPlanner(this, cluster, repository, settings.mover().settings());
  }

  /// What a restore would do. The sessions must stay open until the plan's job has ended.
  public RestorePlan plan(
      RestoreRequest request,
      ClusterSession cluster,
      RepositorySession repository,
      CancelToken cancel) {
    RestorePoints points = new RestorePoints(repository, catalog);
    return new RestorePlanner(
            cluster.forJob(locks, JobNeeds.EVERYTHING),
            repository,
            points,
            journals,
            new SafetyPoints(this::planner),
            installation,
            settings.mover().settings())
        .plan(request, cancel);
  }

  /// A saved plan, planned again. The sessions must stay open until the plan's job has ended.
  ///
  /// @throws ConflictException if the cluster is another one or has moved on
  public RestorePlan plan(
      SavedRestorePlan saved,
      ClusterSession cluster,
      RepositorySession repository,
      CancelToken cancel) {
    RestorePlan plan = plan(saved.request(), cluster, repository, cancel);
    saved.requireSame(plan.saved());
    return plan;
  }

  /// What taking VolumeSnapshots would do. The session must stay open until the plan's job has
  /// ended.
  public TakePlan plan(TakeRequest request, ClusterSession cluster) {
    return new TakePlanner(this, cluster.forJob(locks, JobNeeds.EVERYTHING), request).plan();
  }

  /// What making a PVC from a VolumeSnapshot would do. The session must stay open until the plan's
  /// job has ended.
  public NewClaimPlan plan(NewClaimRequest request, ClusterSession cluster) {
    return new NewClaimPlanner(this, cluster.forJob(locks, JobNeeds.EVERYTHING), request).plan();
  }

  /// What deleting VolumeSnapshots would destroy. The session must stay open until the plan's job
  /// has ended.
  public DeletePlan plan(DeleteRequest request, ClusterSession cluster) {
    return new DeletePlanner(this, cluster.forJob(locks, JobNeeds.EVERYTHING), request).plan();
  }

  /// What a clean-up of a cluster would remove.
  ///
  /// @param namespace where to look, empty for everywhere
  public CleanUpPlan planCleanUp(ClusterSession cluster, String namespace) {
    return new CleanUpPlanner(this, cluster.forJob(locks, JobNeeds.BACKUP)).plan(namespace);
  }

  /// Ends a dead job that will not be taken up. For the clean-up.
  public void settle(JobId dead) {
    runner.settle(dead);
  }

  /// Starts the job of a plan, or takes up the dead one that the plan found.
  ///
  /// @throws ConflictException if the plan is blocked
  /// @throws dev.backstay.model.ForbiddenException with code `context.locked` if its context was
  ///   unlocked when it was planned and no longer is
  public JobHandle submit(Plan plan) {
    if (plan.blocked()) {
      throw new ConflictException(
          "plan.blocked", "the plan cannot be carried out", "look at the blockers that it lists");
    }
    return plan.resumes()
        .map(dead -> runner.resume(dead, plan.job()))
        .orElseGet(() -> runner.submit(plan.job()));
  }

  @Override
  public void close() {
    runner.close();
    journals.close();
    catalog.close();
  }
}
