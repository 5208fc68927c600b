package dev.backstay.workflow.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.repository.RepositorySession;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Questions across the restore points of one repository. May wait; safe for use by many threads.
public final class Browsing {

  private final RepositorySession session;

  public Browsing(RepositorySession session) {
    this.session = session;
  }

  /// The versions of a file, newest first, equal neighbours as one; each is told as soon as it is
  /// known to be complete.
  ///
  /// @param points where to look, newest first
  /// @param path absolute in each
  public void versions(
      List<RestorePoint> points, String path, Consumer<FileVersion> found, CancelToken cancel) {
    FilePath inside = RepositorySession.inside(path);
    FileVersion row = null;
    for (RestorePoint point : points) {
      cancel.checkpoint();
      FileVersion version = version(point, inside);
      if (row != null && row.sameAs(version)) {
        row = row.upTo(point);
      } else {
        if (row != null) {
          found.accept(row);
        }
        row = version;
      }
    }
    if (row != null) {
      found.accept(row);
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
  public void differences(
      String before, String after, String path, Consumer<Difference> found, CancelToken cancel) {
    FilePath inside = RepositorySession.inside(path);
    new TreeComparison(session.repository(), found, cancel)
        .compare(inside, node(before, inside), node(after, inside));
  }

  private @Nullable Node node(String snapshot, FilePath path) {
    try {
      return session.repository().node(session.repository().snapshot(snapshot), path);
    } catch (NotFoundException e) {
      if (e.code().equals("repository.no-path")) {
        return null;
      }
      throw e;
    }
  }
}
