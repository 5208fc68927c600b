package dev.backstay.workflow.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.browse.FileSearch;
import dev.backstay.repository.browse.PathVersions;
import dev.backstay.repository.browse.TreeDiff;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Questions across the restore points of one repository. May wait; safe for use by many threads.
public final class Browsing {

  /// The code of the error for a path that a snapshot does not hold.
  static final String NO_PATH = "repository.no-path";

  private final RepositorySession session;

  public Browsing(RepositorySession session) {
    this.session = session;
  }

  /// The different contents of a file, in the order of the newest restore points that hold them.
  /// Each is told when a row of restore points that hold it is over, and told anew, under the same
  /// [FileVersion#key()], with each further row. A selective restore point that does not hold the
  /// path says nothing about it: it may not have been asked for.
  ///
  /// @param points where to look, newest first
  /// @param path absolute in each
  public void versions(
      List<RestorePoint> points, String path, Consumer<FileVersion> found, CancelToken cancel) {
    Map<String, FileVersion> known = new HashMap<>();
    runs(points, path, run -> found.accept(known.merge(run.key(), run, FileVersion::and)), cancel);
  }

  /// The same, but contents that come back after others are told again: one version for each row of
  /// restore points that hold the same. Each is told when it is complete.
  public void runs(
      List<RestorePoint> points, String path, Consumer<FileVersion> found, CancelToken cancel) {
    FilePath inside = RepositorySession.inside(path);
    OpenRepository repository = session.repository();
    new PathVersions<RestorePoint>(
            repository, inside, point -> repository.snapshot(point.id()), RestorePoint::selective)
        .find(points, version -> found.accept(FileVersion.of(inside, version)), cancel);
  }

  /// What differs below a path, in the order of paths; equal folders are not looked into.
  ///
  /// @param before the beginning of a snapshot's id
  /// @param after the other's
  /// @throws NotFoundException if neither holds the path
  public void differences(
      String before, String after, String path, Consumer<Difference> found, CancelToken cancel) {
    differences(before, after, path, false, found, cancel);
  }

  /// The same.
  ///
  /// @param everything whether to compare all that is kept of a file, inode and ctime too, as
  ///   restic does, and not only mode, owner and time
  public void differences(
      String before,
      String after,
      String path,
      boolean everything,
      Consumer<Difference> found,
      CancelToken cancel) {
    FilePath inside = RepositorySession.inside(path);
    Node left = node(before, inside);
    Node right = node(after, inside);
    if (left == null && right == null) {
      throw inNeither(path);
    }
    TreeDiff.compare(
        session.repository(),
        inside,
        left,
        right,
        everything ? TreeDiff.EVERYTHING : TreeDiff.SHOWN,
        difference -> found.accept(Difference.of(difference)),
        cancel);
  }

  static NotFoundException inNeither(String path) {
    return new NotFoundException(
        NO_PATH,
        "there is no '" + path + "' in either restore point",
        "list what they hold with 'ls'");
  }

  /// What a restore point holds at a path.
  ///
  /// @throws NotFoundException if it holds nothing there
  public FileInfo look(String snapshot, String path) {
    FilePath inside = RepositorySession.inside(path);
    OpenRepository repository = session.repository();
    return RepositorySession.info(inside, repository.node(repository.snapshot(snapshot), inside));
  }

  /// Looks for files and folders, folders before their content; each hit is told at once. Folders
  /// in which nothing can match are not looked into.
  ///
  /// @param snapshot the restore point's id
  /// @throws dev.backstay.model.InvalidInputException if the pattern is none
  /// @throws NotFoundException if the folder to look in is not there
  public void find(
      String snapshot, FindCriteria criteria, Consumer<FileInfo> hits, CancelToken cancel) {
    OpenRepository repository = session.repository();
    new FileSearch(
            repository,
            criteria.query(),
            hit -> hits.accept(RepositorySession.info(hit.path(), hit.node())),
            cancel)
        .in(repository.snapshot(snapshot), FileSearch.Unindexed.WALK);
  }

  private @Nullable Node node(String snapshot, FilePath path) {
    try {
      return session.repository().node(session.repository().snapshot(snapshot), path);
    } catch (NotFoundException e) {
      if (e.code().equals(NO_PATH)) {
        return null;
      }
      throw e;
    }
  }
}
