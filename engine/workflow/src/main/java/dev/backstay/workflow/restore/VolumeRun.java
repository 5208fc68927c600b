package dev.backstay.workflow.restore;

import dev.backstay.cluster.apply.plan.ObjectAction;
import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.mover.FilesOut;
import dev.backstay.cluster.temporary.UnfinishedRestore;
import dev.backstay.cluster.volume.VolumeWriter;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.workflow.job.JobContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/// Writes all volumes of a restore, two at once, and knows how far each has come.
final class VolumeRun {

  /// More only share the API server's processor.
  private static final int STREAMS = 2;

  /// How many mover pods a volume may use up, when they are evicted or their nodes go.
  private static final int PODS = 3;

  /// After these errors another mover pod fares no better.
  private static final Set<String> NO_USE = Set.of(FilesOut.SILENT, VolumeWriter.NO_VOLUME);

  private final ClusterConnection connection;
  private final OpenRepository repository;
  private final Prepared prepared;
  private final JobContext context;
  private final List<ItemFailure> failures = new ArrayList<>();
  private final Set<String> begun = new HashSet<>();
  private final Set<String> whole = new HashSet<>();
  private final Set<String> broken = new HashSet<>();

  VolumeRun(
      ClusterConnection connection,
      OpenRepository repository,
      Prepared prepared,
      JobContext context) {
    this.connection = connection;
    this.repository = repository;
    this.prepared = prepared;
    this.context = context;
  }

  /// Before the PVCs are made: from now on they count as half filled.
  void note() {
    for (PlannedVolume volume : prepared.written()) {
      if (volume.action() == PlannedVolume.Action.FILL) {
        context.journal().note(Past.volumeKey(volume.pvc()), Past.BEGUN);
        mark(volume.pvc());
      }
    }
  }

  private void mark(String pvc) {
    prepared.objects().stream()
        .filter(o -> prepared.marks() && o.action() == ObjectAction.CREATE)
        .filter(o -> o.key().kind().equals("PersistentVolumeClaim") && o.key().name().equals(pvc))
        .map(PlannedManifest::object)
        .forEach(o -> UnfinishedRestore.begin(Objects.requireNonNull(o), context.id().text()));
  }

  /// @return what is not as it should be
  List<ItemFailure> run() {
    prepared.volumes().stream()
        .filter(v -> v.action() == PlannedVolume.Action.CONFLICT)
        .forEach(v -> failed(v.pvc(), conflict(v)));
    List<PlannedVolume> todo = prepared.written();
    if (!todo.isEmpty()) {
      context.journal().step("files");
      context.progress().phase("files");
      all(todo);
    }
    return List.copyOf(failures);
  }

  private static ItemFailure conflict(PlannedVolume volume) {
    return new ItemFailure(
        "volumes/" + volume.pvc(), "restore.volume-conflict", volume.reason(), "");
  }

  private void all(List<PlannedVolume> todo) {
    Semaphore streams = new Semaphore(STREAMS);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      todo.forEach(volume -> running.add(threads.submit(() -> one(volume, streams))));
      for (Future<?> future : running) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InternalException("restore.interrupted", "the restore was interrupted", "", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof EngineException known
          ? known
          : new InternalException("restore.volume", "writing a volume broke", "see the log", e);
    }
    context.cancel().checkpoint();
  }

  private void one(PlannedVolume volume, Semaphore streams) {
    streams.acquireUninterruptibly();
    try {
      context.cancel().checkpoint();
      begin(volume);
      List<ItemFailure> differs = write(volume);
      unmark(volume.pvc());
      context.journal().note(Past.volumeKey(volume.pvc()), Past.DONE);
      done(volume.pvc(), differs);
    } catch (CancelledException e) {
      throw e;
    } catch (EngineException e) {
      context.cancel().checkpoint();
      failed(volume.pvc(), ItemFailure.of("volumes/" + volume.pvc(), e));
    } finally {
      streams.release();
    }
  }

  /// Writes a volume; with another pod if the first is lost, which finds what that had written.
  private List<ItemFailure> write(PlannedVolume volume) {
    for (int attempt = 1; ; attempt++) {
      try {
        return new VolumeRestore(connection, repository, prepared, context).run(volume);
      } catch (UnreachableException e) {
        context.cancel().checkpoint();
        if (attempt == PODS || NO_USE.contains(e.code())) {
          throw e;
        }
        context.log(volume.pvc() + ": " + e.getMessage() + "; taking another mover pod");
      }
    }
  }

  private void begin(PlannedVolume volume) {
    if (prepared.marks() && volume.action() != PlannedVolume.Action.FILL) {
      UnfinishedRestore.begin(connection, prepared.namespace(), volume.pvc(), context.id().text());
    }
    synchronized (this) {
      begun.add(volume.pvc());
    }
    context.log("writing " + volume.pvc());
  }

  private void unmark(String pvc) {
    if (!prepared.marks()) {
      return;
    }
    try {
      UnfinishedRestore.end(connection, prepared.namespace(), pvc);
    } catch (EngineException e) {
      context.warn(ItemFailure.of("persistentvolumeclaims/" + pvc, e));
    }
  }

  private synchronized void done(String pvc, List<ItemFailure> differs) {
    whole.add(pvc);
    failures.addAll(differs);
    context.log(
        pvc + " is written" + (differs.isEmpty() ? "" : ", " + differs.size() + " files differ"));
  }

  private synchronized void failed(String pvc, ItemFailure failure) {
    broken.add(pvc);
    failures.add(failure);
    context.log(failure.item() + ": " + failure.message());
  }

  /// PVCs that could not be written.
  synchronized Set<String> broken() {
    return Set.copyOf(broken);
  }

  /// PVCs whose writing began and did not come to its end.
  synchronized Set<String> unfinished() {
    Set<String> names = new HashSet<>(begun);
    names.removeAll(whole);
    return names;
  }
}
