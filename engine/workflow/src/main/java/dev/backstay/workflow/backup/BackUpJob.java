package dev.backstay.workflow.backup;

import dev.backstay.cluster.manifest.Manifest;
import dev.backstay.cluster.manifest.ManifestReader;
import dev.backstay.cluster.manifest.ManifestReading;
import dev.backstay.cluster.manifest.ManifestSelection;
import dev.backstay.cluster.mover.FilesOut;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.volume.VolumePlan;
import dev.backstay.cluster.volume.VolumeReader;
import dev.backstay.cluster.volume.VolumeSet;
import dev.backstay.cluster.volumesnapshot.GroupFit;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Outcome;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.FileContent;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.TreeAssembler;
import dev.backstay.repository.snapshot.FileCounts;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cleanup.DeadJobs;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.job.Job;
import dev.backstay.workflow.job.JobContext;
import dev.backstay.workflow.job.JobSpec;
import dev.backstay.workflow.lock.JobGrant;
import dev.backstay.workflow.point.Descriptor;
import dev.backstay.workflow.point.RestorePoints;
import dev.backstay.workflow.point.Series;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Backs up a namespace: VolumeSnapshots all at once, then manifests and volumes, then the commit,
/// then the clean-up. What one volume or kind refuses is a failure of that item; the rest goes on.
final class BackUpJob implements Job {

  /// How many volumes are read at once: more only share the API server's processor.
  private static final int STREAMS = 2;

  /// How many mover pods a volume may use up, when they are evicted or their nodes go.
  private static final int PODS = 3;

  private final Engine engine;
  private final ClusterSession cluster;
  private final RepositorySession repository;
  private final JobSpec spec;
  private final BackUpRequest request;
  private final ManifestSelection selection;
  private final List<VolumePlan> plans;
  private final @Nullable GroupFit group;
  private final MoverSettings mover;

  BackUpJob(
      Engine engine,
      ClusterSession cluster,
      RepositorySession repository,
      JobSpec spec,
      BackUpRequest request,
      ManifestSelection selection,
      List<VolumePlan> plans,
      @Nullable GroupFit group,
      MoverSettings mover) {
    this.engine = engine;
    this.cluster = cluster;
    this.repository = repository;
    this.spec = spec;
    this.request = request;
    this.selection = selection;
    this.plans = plans;
    this.group = group;
    this.mover = mover;
  }

  @Override
  public JobSpec spec() {
    return spec;
  }

  @Override
  public Optional<JobGrant> grant() {
    return cluster.grant();
  }

  @Override
  public Outcome run(JobContext context) {
    Path unfinished = engine.settings().cache().resolve("unfinished").resolve(context.id().text());
    new DeadJobs(engine.journals(), engine.installation(), cluster).sweep(context);
    context.journal().step("lock");
    try (CancelToken.Registration _ = repository.during(context.cancel());
        RepositoryWriter writer = repository.repository().writer()) {
      repository.damage().forEach(context::warn);
      Outcome outcome = new Run(context, writer, unfinished).run();
      deleteAll(unfinished);
      return outcome;
    }
  }

  private static void deleteAll(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// One run of the job, with its state.
  private final class Run {
    private final JobContext context;
    private final RepositoryWriter writer;
    private final Path unfinished;
    private final TreeAssembler trees;
    private final Optional<Snapshot> parent;

    /// Asked before all else: what was read must not be lost for it.
    private final String serverVersion = cluster.serverVersion();

    private final List<ItemFailure> failures = new ArrayList<>();
    private final List<ItemFailure> warnings = new ArrayList<>();
    private final List<Descriptor.DescribedVolume> described = new ArrayList<>();
    private final List<VolumeResult> results = new ArrayList<>();
    private Instant time;
    private @Nullable Instant oldest;
    private long manifests;

    Run(JobContext context, RepositoryWriter writer, Path unfinished) {
      this.context = context;
      this.writer = writer;
      this.unfinished = unfinished;
      this.trees = new TreeAssembler(writer, NodeTime.EPOCH);
      this.parent = request.force() ? Optional.empty() : series().latest(repository.repository());
      this.time = engine.settings().clock().instant();
    }

    private Series series() {
      return new Series(cluster.clusterId(), request.namespace());
    }

    Outcome run() {
      context.journal().step("volumesnapshots");
      context.progress().phase("VolumeSnapshots");
      Creations creations = creations();
      JobTag tag = new JobTag(context.id().text(), engine.installation());
      VolumeSet volumes =
          VolumeSet.begin(
              cluster.connection(),
              request.namespace(),
              plans,
              group,
              mover,
              tag,
              creations,
              context.cancel());
      try {
        volumes.groupFailure().ifPresent(this::notGrouped);
        unread();
        manifests();
        files(volumes);
      } finally {
        context.journal().step("clean-up");
        volumes.close();
        volumes.leftovers().forEach(context::warn);
      }
      return commit();
    }

    private void notGrouped(ItemFailure failure) {
      context.warn(
          new ItemFailure(
              failure.item(),
              "backup.not-grouped",
              "the volumes are not of one moment: " + failure.message(),
              failure.remedy()));
    }

    private Creations creations() {
      return new Creations() {
        @Override
        public void creating(String path) {
          context.journal().creating(path);
        }

        @Override
        public void removed(String path) {
          context.journal().removed(path);
        }
      };
    }

    /// A PVC that was never bound holds nothing that could be missed.
    private void unread() {
      for (VolumePlan plan : plans) {
        boolean bound = plan.pvc().phase().equals("Bound");
        (bound ? failures : warnings).addAll(plan.blockers());
        unfinished(plan.pvc().name(), plan.pvc().unfinishedRestore());
      }
    }

    private void unfinished(String pvc, String restore) {
      if (!restore.isEmpty()) {
        warnings.add(
            new ItemFailure(
                "volumes/" + pvc,
                "backup.unfinished-restore",
                "PVC " + pvc + " is half written by restore job " + restore,
                "repeat that restore, then back up again"));
      }
    }

    private void manifests() {
      context.journal().step("manifests");
      context.progress().phase("manifests");
      ManifestReading reading =
          new ManifestReader(cluster.connection().unlessSilent(), cluster.types())
              .read(request.namespace(), selection, this::save, context.cancel());
      for (ItemFailure failure : reading.failures()) {
        // A kind that may not be read was in the plan: the restore point holds what the user may
        // see.
        boolean planned = failure.code().equals(ForbiddenException.NO_RIGHT);
        (planned ? warnings : failures).add(failure);
      }
    }

    private void save(Manifest manifest) {
      if (manifest.object().at("/metadata/labels").has(JobTag.JOB)) {
        return; // our own temporary objects, of this run or a dead one
      }
      manifests++;
      save(FilePath.of(manifest.path()), manifest.yaml().bytes());
    }

    private void save(FilePath path, byte[] bytes) {
      FileContent content =
          writer.saveFile(
              new ByteArrayInputStream(bytes), context.cancel(), dev.backstay.model.Meter.NONE);
      String name = FilePath.ofBytes(path.name()).toString();
      trees.add(path, Node.file(name, NodeTime.EPOCH).withContent(content.blobs(), content.size()));
      context.progress().done(1, content.size());
    }

    private void files(VolumeSet volumes) {
      context.journal().step("files");
      context.progress().phase("files");
      Semaphore streams = new Semaphore(STREAMS);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> running = new ArrayList<>();
        for (String pvc : volumes.pvcs()) {
          running.add(threads.submit(() -> volume(volumes, pvc, streams)));
        }
        for (Future<?> one : running) {
          one.get();
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof EngineException known ? known : new IllegalStateException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e); // jobs are cancelled by their token alone
      }
      context.cancel().checkpoint();
    }

    private void volume(VolumeSet volumes, String pvc, Semaphore streams) {
      streams.acquireUninterruptibly();
      try {
        VolumeResult result = read(volumes, pvc);
        otherwise(volumes.plan(pvc));
        done(volumes.plan(pvc), result);
      } catch (CancelledException e) {
        throw e;
      } catch (EngineException e) {
        context.cancel().checkpoint();
        failed(ItemFailure.of("volumes/" + pvc, e));
      } finally {
        streams.release();
      }
      volumes.release(pvc);
    }

    /// Reads a volume; with another pod if the first is lost, and from where that had come.
    private VolumeResult read(VolumeSet volumes, String pvc) {
      VolumeReader reader = volumes.open(pvc);
      boolean old = !volumes.plan(pvc).existing().isEmpty();
      for (int attempt = 1; ; attempt++) {
        reader.cut().ifPresent(cut -> cutAt(cut, old));
        context.log("reading " + pvc);
        try (SavedFiles saved = SavedFiles.open(unfinished.resolve(pvc), repository.repository())) {
          return new VolumeBackUp(
                  context, repository.repository(), writer, trees, parent.orElse(null), pvc, saved)
              .run(reader);
        } catch (UnreachableException e) {
          context.cancel().checkpoint();
          if (attempt == PODS || e.code().equals(FilesOut.SILENT)) {
            throw e;
          }
          context.log(pvc + ": " + e.getMessage() + "; taking another mover pod");
        }
        writer.flush(); // so that what was read counts as saved
        trees.forget(VolumeBackUp.folder(pvc));
        reader = volumes.openAgain(pvc);
      }
    }

    /// Says so if a volume was read in another way than planned.
    private void otherwise(VolumePlan plan) {
      boolean asPlanned =
          plans.stream()
              .filter(planned -> planned.pvc().equals(plan.pvc()))
              .allMatch(planned -> planned.method() == plan.method());
      if (!asPlanned) {
        context.warn(
            new ItemFailure(
                "volumes/" + plan.pvc().name(),
                "backup.other-method",
                "no VolumeSnapshot could be taken ("
                    + plan.reasons().getLast()
                    + "); what was read instead is "
                    + plan.consistency(),
                "name a VolumeSnapshotClass in the PVC's annotation"
                    + " backstay.dev/volume-snapshot-class"));
      }
    }

    /// The restore point is of when its volumes were cut. One of an older VolumeSnapshot must not
    /// look newer than its files are.
    private synchronized void cutAt(Instant cut, boolean old) {
      if (old) {
        oldest = oldest == null || cut.isBefore(oldest) ? cut : oldest;
      }
      time = oldest == null ? cut : oldest;
    }

    private synchronized void done(VolumePlan plan, VolumeResult result) {
      results.add(result);
      described.add(BackUpPlanner.describe(plan, result));
      failures.addAll(result.failures());
      context.log(
          plan.pvc().name()
              + ": "
              + result.entries()
              + " entries, "
              + result.counts().bytes()
              + " bytes, of which "
              + result.bytesRead()
              + " were read");
    }

    private synchronized void failed(ItemFailure failure) {
      failures.add(failure);
      context.log(failure.item() + ": " + failure.message());
    }

    private Outcome commit() {
      context.cancel().checkpoint();
      context.journal().step("commit");
      context.progress().phase("commit");
      Descriptor descriptor =
          new Descriptor(
              Descriptor.API_VERSION,
              "RestorePoint",
              context.id().text(),
              time,
              cluster.context(),
              cluster.clusterId(),
              cluster.identity().server(),
              serverVersion,
              request.namespace(),
              manifests,
              List.copyOf(described),
              List.copyOf(failures),
              List.copyOf(warnings));
      save(FilePath.of(Descriptor.PATH.substring(1)), descriptor.toJson());
      Snapshot snapshot = writer.commit(draft());
      new RestorePoints(repository, engine.catalog()).add(snapshot);
      return failures.isEmpty()
          ? new Outcome.Completed(snapshot.id(), List.copyOf(warnings))
          : new Outcome.PartiallyFailed(
              snapshot.id(), List.copyOf(failures), List.copyOf(warnings));
    }

    private SnapshotDraft draft() {
      List<String> tags = new ArrayList<>();
      tags.add(Series.TAG);
      tags.add("namespace=" + request.namespace());
      tags.add("context=" + cluster.context());
      tags.add("job=" + context.id());
      if (!failures.isEmpty()) {
        tags.add(Series.PARTIAL);
      }
      if (request.selective()) {
        tags.add(Series.SELECTIVE);
      }
      FileCounts counts = FileCounts.NONE;
      for (VolumeResult result : results) {
        counts = sum(counts, result.counts());
      }
      return new SnapshotDraft(
          time,
          trees.finish(),
          series().paths(),
          cluster.clusterId(),
          "",
          List.of(),
          tags,
          parent.map(Snapshot::id).orElse(null),
          counts);
    }
  }

  private static FileCounts sum(FileCounts a, FileCounts b) {
    return new FileCounts(
        a.filesNew() + b.filesNew(),
        a.filesChanged() + b.filesChanged(),
        a.filesUnmodified() + b.filesUnmodified(),
        a.dirsNew() + b.dirsNew(),
        a.dirsChanged() + b.dirsChanged(),
        a.dirsUnmodified() + b.dirsUnmodified(),
        a.bytes() + b.bytes());
  }
}
