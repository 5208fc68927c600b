package dev.backstay.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/// The local catalog. A cache: losing it loses nothing but the history of jobs.
///
/// Safe for use by many threads and, at the same time, by several processes on the same folder.
/// Every call may throw an [dev.backstay.model.EngineException]: `catalog.busy` (another process
/// does not let go), `catalog.disk-full`, `catalog.read-only`, `catalog.newer`, `catalog.io`. A
/// damaged file is not an error: it is put aside and [#rebuildReason()] says so.
public final class Catalog implements AutoCloseable {

  /// How many failures or warnings of one job or restore point are stored.
  public static final int ITEMS_KEPT = 1000;

  private final CatalogFolder folder;
  private final InstantSource clock;
  private final CatalogThread thread;
  private final List<Consumer<CatalogChange>> listeners = new CopyOnWriteArrayList<>();

  private Catalog(Path path, InstantSource clock) {
    this.folder = new CatalogFolder(path);
    this.clock = clock;
    this.thread = new CatalogThread(folder, clock, this::changedElsewhere);
  }

  /// Opens nothing yet: the file is touched by the first call.
  ///
  /// @param folder a folder of the catalog's own; made if absent
  public static Catalog open(Path folder, InstantSource clock) {
    return new Catalog(folder, clock);
  }

  /// Restore points, newest first.
  public List<RestorePointRow> restorePoints(RestorePointFilter filter) {
    return read(handle -> new RestorePointTable(handle).list(filter));
  }

  /// Adds one restore point, or replaces it.
  public void putRestorePoint(RestorePointRow row) {
    String repository = row.point().repository();
    write(handle -> {
      new RepositoryTable(handle).require(repository);
      new RestorePointTable(handle).put(row);
    });
    publish(new CatalogChange.RestorePointsChanged(repository));
  }

  /// Forgets restore points of a repository; unknown ids are ignored.
  public void removeRestorePoints(String repositoryId, Collection<String> ids) {
    write(handle -> ids.forEach(id -> new RestorePointTable(handle).remove(repositoryId, id)));
    publish(new CatalogChange.RestorePointsChanged(repositoryId));
  }

  /// What the repository holds now, all of it, in one transaction; the repository counts as synced
  /// from then on. Rows of other repositories are ignored.
  public void replaceRestorePoints(
      String repositoryId, String location, Collection<RestorePointRow> rows) {
    List<RestorePointRow> own =
        rows.stream().filter(r -> r.point().repository().equals(repositoryId)).toList();
    rememberRepository(repositoryId, location);
    write(handle -> {
      new RepositoryTable(handle).put(repositoryId, location);
      RestorePointTable table = new RestorePointTable(handle);
      table.removeAll(repositoryId);
      table.putAll(own);
      new RepositoryTable(handle).synced(repositoryId, clock.instant());
    });
    endRebuild();
    publish(new CatalogChange.RepositoriesChanged());
    publish(new CatalogChange.RestorePointsChanged(repositoryId));
  }

  /// Repositories used from here, by location.
  public List<RepositoryRow> repositories() {
    return read(handle -> new RepositoryTable(handle).list());
  }

  /// Remembers where a repository lives; whether it is synced stays as it is.
  public void putRepository(String repositoryId, String location) {
    rememberRepository(repositoryId, location);
    write(handle -> new RepositoryTable(handle).put(repositoryId, location));
    publish(new CatalogChange.RepositoriesChanged());
  }

  /// Forgets a repository and its restore points here; the repository itself is not touched.
  public void removeRepository(String repositoryId) {
    thread.call(db -> {
      Map<String, String> known = new TreeMap<>(folder.repositories());
      known.remove(repositoryId);
      return save(known);
    });
    write(handle -> {
      new RestorePointTable(handle).removeAll(repositoryId);
      new RepositoryTable(handle).remove(repositoryId);
    });
    endRebuild();
    publish(new CatalogChange.RepositoriesChanged());
  }

  /// Why the restore points must be read from the repositories again, if they must: the file was
  /// damaged and put aside, or is gone. The repositories of [#repositories()] that are not synced
  /// are the ones to read; [#replaceRestorePoints] of the last of them ends it.
  public Optional<String> rebuildReason() {
    return thread.call(db -> {
      try {
        return folder.rebuildReason();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  /// Adds a job to the history, or replaces it; its log stays.
  public void putJob(JobRow row) {
    write(handle -> new JobTable(handle).put(row));
    publish(new CatalogChange.JobChanged(row.id()));
  }

  public Optional<JobRow> job(String id) {
    return read(handle -> new JobTable(handle).find(id));
  }

  /// The history, newest first.
  public List<JobRow> jobs(int limit) {
    return read(handle -> new JobTable(handle).list(limit));
  }

  /// Appends to a job's log. Lines of a job that is not in the history are dropped.
  public void appendLog(String jobId, List<JobLogLine> lines) {
    write(handle -> {
      JobTable table = new JobTable(handle);
      if (table.find(jobId).isPresent()) {
        table.appendLog(jobId, lines);
      }
    });
    publish(new CatalogChange.LogGrew(jobId));
  }

  /// A job's log, in order.
  public List<JobLogLine> log(String jobId) {
    return read(handle -> new JobTable(handle).log(jobId));
  }

  /// Calls the listener after each change, within seconds also after another process's. It is
  /// called on whatever thread made the change and must return soon.
  public Subscription subscribe(Consumer<CatalogChange> listener) {
    listeners.add(listener);
    thread.watch(true);
    return () -> {
      listeners.remove(listener);
      if (listeners.isEmpty()) {
        thread.watch(false);
      }
    };
  }

  /// Closes the file, if it is open. Nothing may be asked afterwards.
  @Override
  public void close() {
    listeners.clear();
    thread.close();
  }

  private <T> T read(HandleCallback<T, RuntimeException> work) {
    return thread.call(db -> db.read(work));
  }

  private void write(Consumer<Handle> work) {
    thread.call(db -> {
      db.write(handle -> {
        work.accept(handle);
        return true;
      });
      thread.wrote(db);
      return true;
    });
  }

  private void rememberRepository(String id, String location) {
    thread.call(db -> {
      Map<String, String> known = new TreeMap<>(folder.repositories());
      return location.equals(known.put(id, location)) || save(known);
    });
  }

  private boolean save(Map<String, String> known) {
    try {
      folder.repositories(known);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endRebuild() {
    thread.call(db -> {
      boolean due =
          db.read(handle -> new RepositoryTable(handle).list()).stream()
              .anyMatch(r -> r.synced() == null);
      try {
        if (!due) {
          folder.rebuilt();
        }
        return due;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
  }

  private void publish(CatalogChange change) {
    listeners.forEach(listener -> listener.accept(change));
  }

  private void changedElsewhere() {
    // the thread of the catalog must stay free for what the listeners ask
    Thread.ofVirtual().start(() -> publish(new CatalogChange.ChangedElsewhere()));
  }

  /// Undoes [Catalog#subscribe(Consumer)].
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
