package dev.backstay.workflow.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.repository.FileInfo;
import dev.backstay.workflow.repository.RepositorySession;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
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
  /// Each is told when it is met, and told anew, under the same [FileVersion#key()], with each
  /// older restore point that holds it too. A selective restore point that does not hold the path
  /// says nothing about it: it may not have been asked for.
  ///
  /// @param points where to look, newest first
  /// @param path absolute in each
  public void versions(
      List<RestorePoint> points, String path, Consumer<FileVersion> found, CancelToken cancel) {
    Map<String, FileVersion> known = new HashMap<>();
    each(
        points,
        path,
        version ->
            found.accept(
                known.merge(version.key(), version, (before, now) -> before.upTo(now.newest()))),
        cancel);
  }

  /// The same, but contents that come back after others are told again: one version for each row of
  /// restore points that hold the same. Each is told when it is complete.
  public void runs(
      List<RestorePoint> points, String path, Consumer<FileVersion> found, CancelToken cancel) {
    @Nullable FileVersion[] row = {null};
    each(
        points,
        path,
        version -> {
          FileVersion before = row[0];
          if (before != null && before.sameAs(version)) {
            row[0] = before.upTo(version.newest());
          } else {
            if (before != null) {
              found.accept(before);
            }
            row[0] = version;
          }
        },
        cancel);
    if (row[0] != null) {
      found.accept(row[0]);
    }
  }

  private void each(
      List<RestorePoint> points, String path, Consumer<FileVersion> found, CancelToken cancel) {
    FilePath inside = RepositorySession.inside(path);
    for (RestorePoint point : points) {
      cancel.checkpoint();
      FileVersion version = version(point, inside);
      if (!point.selective() || version.presence() != FileVersion.Presence.ABSENT) {
        found.accept(version);
      }
    }
  }

  private FileVersion version(RestorePoint point, FilePath path) {
    OpenRepository repository = session.repository();
    try {
      Node node = repository.node(repository.snapshot(point.id()), path);
      return new FileVersion(
          point,
          point,
          1,
          FileVersion.Presence.PRESENT,
          RepositorySession.info(path, node),
          content(node));
    } catch (CancelledException e) {
      throw e;
    } catch (NotFoundException _) {
      return new FileVersion(point, point, 1, FileVersion.Presence.ABSENT, null, "");
    } catch (EngineException _) {
      return new FileVersion(point, point, 1, FileVersion.Presence.UNREADABLE, null, "");
    }
  }

  /// Equal blobs in equal order are equal content: blobs are named by their SHA-256.
  private static String content(Node node) {
    MessageDigest digest = sha256();
    node.content().forEach(blob -> digest.update(blob.bytes()));
    if (node.linkTarget() != null) {
      digest.update(node.linkTarget().bytes());
    }
    if (node.subtree() != null) {
      digest.update(node.subtree().bytes());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What differs below a path, in the order of paths; equal folders are not looked into.
  ///
  /// @param before the beginning of a snapshot's id
  /// @param after the other's
  /// @throws NotFoundException if neither holds the path
  public void differences(
      String before, String after, String path, Consumer<Difference> found, CancelToken cancel) {
    FilePath inside = RepositorySession.inside(path);
    Node left = node(before, inside);
    Node right = node(after, inside);
    if (left == null && right == null) {
      throw inNeither(path);
    }
    new TreeComparison(session.repository(), found, cancel).compare(inside, left, right);
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
    new FileSearch(session.repository(), criteria, hits, cancel)
        .run(snapshot, RepositorySession.inside(criteria.below()));
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
