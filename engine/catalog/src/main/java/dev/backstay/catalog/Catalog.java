package dev.backstay.catalog;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The local catalog. A cache: losing it loses nothing but the history of jobs.
///
/// Safe for use by many threads and, at the same time, by several processes on the same folder.
/// Every call may throw an [dev.backstay.model.EngineException]: `catalog.busy` (another process
/// does not let go), `catalog.disk-full`, `catalog.read-only`, `catalog.newer`, `catalog.io`. A
/// damaged file is not an error: it is put aside and [#rebuildReason()] says so.
@SuppressWarnings({"DoNotCallSuggester", "InlineMeSuggester", "unused"}) // signatures first
public final class Catalog implements AutoCloseable {

  /// How many failures or warnings of one job or restore point are stored.
  public static final int ITEMS_KEPT = 1000;

  private Catalog() {}

  /// Opens nothing yet: the file is touched by the first call.
  ///
  /// @param folder where the file lives; made if absent. One [Catalog] per folder and process.
  public static Catalog open(Path folder, InstantSource clock) {
    throw new UnsupportedOperationException(folder + " " + clock);
  }

  /// Restore points, newest first.
  public List<RestorePointRow> restorePoints(RestorePointFilter filter) {
    throw new UnsupportedOperationException(filter.toString());
  }

  /// Adds one restore point, or replaces it.
  public void putRestorePoint(RestorePointRow row) {
    throw new UnsupportedOperationException(row.toString());
  }

  /// Forgets restore points of a repository; unknown ids are ignored.
  public void removeRestorePoints(String repositoryId, Collection<String> ids) {
    throw new UnsupportedOperationException(repositoryId + ids);
  }

  /// What the repository holds now, all of it, in one transaction; the repository counts as synced
  /// from then on.
  public void replaceRestorePoints(
      String repositoryId, String location, Collection<RestorePointRow> rows) {
    throw new UnsupportedOperationException(repositoryId + location + rows);
  }

  /// Repositories used from here, by location.
  public List<RepositoryRow> repositories() {
    throw new UnsupportedOperationException();
  }

  /// Remembers where a repository lives; whether it is synced stays as it is.
  public void putRepository(String repositoryId, String location) {
    throw new UnsupportedOperationException(repositoryId + location);
  }

  /// Why the restore points must be read from the repositories again, if they must: the file was
  /// damaged and put aside, or is gone. The repositories of [#repositories()] that are not synced
  /// are the ones to read; [#replaceRestorePoints] of the last of them ends it.
  public Optional<String> rebuildReason() {
    throw new UnsupportedOperationException();
  }

  /// Adds a job to the history, or replaces it.
  public void putJob(JobRow row) {
    throw new UnsupportedOperationException(row.toString());
  }

  public Optional<JobRow> job(String id) {
    throw new UnsupportedOperationException(id);
  }

  /// The history, newest first.
  public List<JobRow> jobs(int limit) {
    throw new UnsupportedOperationException("" + limit);
  }

  /// Appends to a job's log. The job must be in the history.
  public void appendLog(String jobId, List<JobLogLine> lines) {
    throw new UnsupportedOperationException(jobId + lines);
  }

  /// A job's log, in order.
  public List<JobLogLine> log(String jobId) {
    throw new UnsupportedOperationException(jobId);
  }

  /// Calls the listener after each change, on a thread of the catalog: it must return soon and must
  /// not call the catalog.
  public Subscription subscribe(Consumer<CatalogChange> listener) {
    throw new UnsupportedOperationException(listener.toString());
  }

  @Override
  public void close() {}

  /// Undoes [Catalog#subscribe(Consumer)].
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
