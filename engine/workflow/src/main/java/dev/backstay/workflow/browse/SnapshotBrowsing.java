package dev.backstay.workflow.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.browse.FileSearch;
import dev.backstay.repository.browse.FileSearch.Unindexed;
import dev.backstay.repository.browse.PathVersions;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.workflow.repository.RepositorySession;
import dev.backstay.workflow.repository.SnapshotInfo;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Questions across the plain snapshots of a repository, restic's as well as ours. May wait; safe
/// for use by many threads.
public final class SnapshotBrowsing {

  private final RepositorySession session;

  public SnapshotBrowsing(RepositorySession session) {
    this.session = session;
  }

  private Map<String, Snapshot> byId() {
    return session.repository().snapshots().stream()
        .collect(Collectors.toMap(Snapshot::id, Function.identity()));
  }

  /// The versions of a path, newest first, equal neighbours as one; each is told as soon as it is
  /// known to be complete.
  ///
  /// @param where newest first
  public void versions(
      List<SnapshotInfo> where, String path, Consumer<SnapshotVersion> found, CancelToken cancel) {
    FilePath inside = RepositorySession.inside(path);
    OpenRepository repository = session.repository();
    Map<String, Snapshot> known = byId();
    new PathVersions<SnapshotInfo>(
            repository,
            inside,
            one ->
                known.containsKey(one.id()) ? known.get(one.id()) : repository.snapshot(one.id()),
            _ -> false)
        .find(where, version -> found.accept(SnapshotVersion.of(inside, version)), cancel);
  }

  /// Looks for files; each hit is told at once. When there are several snapshots they are indexed
  /// on this machine, so that the next search is quick.
  ///
  /// @param where ids
  /// @throws dev.backstay.model.InvalidInputException if the pattern is none
  public SearchReport find(
      List<String> where,
      SnapshotQuery query,
      boolean indexedOnly,
      Consumer<SnapshotHit> hits,
      CancelToken cancel) {
    OpenRepository repository = session.repository();
    Map<String, Snapshot> known = byId();
    FileSearch search =
        new FileSearch(
            repository,
            query.query(),
            hit ->
                hits.accept(
                    new SnapshotHit(
                        hit.snapshot().id(), RepositorySession.info(hit.path(), hit.node()))),
            cancel);
    Unindexed how =
        indexedOnly ? Unindexed.SKIP : where.size() > 1 ? Unindexed.INDEX : Unindexed.WALK;
    List<Snapshot> snapshots =
        where.stream()
            .map(id -> known.containsKey(id) ? known.get(id) : repository.snapshot(id))
            .toList();
    FileSearch.Report report = search.in(snapshots, how);
    if (how == Unindexed.INDEX) {
      repository.paths().retain(known.values());
    }
    return new SearchReport(
        report.unindexed().stream().map(Snapshot::id).toList(), report.failures());
  }
}
