package dev.backstay.repository.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FilePath;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.browse.PathVersion.Presence;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The versions of one path across snapshots.
///
/// @param <T> what stands for a snapshot
public final class PathVersions<T> {

  private final PathLookup lookup;
  private final Function<T, Snapshot> snapshots;
  private final Predicate<T> partial;

  /// @param snapshots the snapshot that one stands for; may be slow and may throw
  /// @param partial whether one may lack the path only because nobody asked for it: then it says
  ///   nothing
  public PathVersions(
      OpenRepository repository,
      FilePath path,
      Function<T, Snapshot> snapshots,
      Predicate<T> partial) {
    this.lookup = new PathLookup(repository, path);
    this.snapshots = snapshots;
    this.partial = partial;
  }

  /// Newest first, equal neighbours as one; each is told as soon as it is known to be complete.
  ///
  /// @param where newest first
  public void find(List<T> where, Consumer<PathVersion<T>> found, CancelToken cancel) {
    PathVersion<T> row = null;
    for (T one : where) {
      cancel.checkpoint();
      PathVersion<T> version = version(one);
      if (partial.test(one) && version.presence() == Presence.ABSENT) {
        continue;
      }
      if (row != null && row.sameAs(version)) {
        row = row.upTo(one);
      } else {
        tell(row, found);
        row = version;
      }
    }
    tell(row, found);
  }

  private static <T> void tell(@Nullable PathVersion<T> row, Consumer<PathVersion<T>> found) {
    if (row != null) {
      found.accept(row);
    }
  }

  private PathVersion<T> version(T one) {
    try {
      Optional<Node> node = lookup.in(snapshots.apply(one).tree());
      return node.map(n -> new PathVersion<>(one, one, 1, Presence.PRESENT, n, content(n)))
          .orElseGet(() -> nothing(one, Presence.ABSENT));
    } catch (CancelledException e) {
      throw e;
    } catch (NotFoundException _) {
      return nothing(one, Presence.ABSENT);
    } catch (EngineException _) {
      return nothing(one, Presence.UNREADABLE);
    }
  }

  private PathVersion<T> nothing(T one, Presence presence) {
    return new PathVersion<>(one, one, 1, presence, null, "");
  }

  /// Equal blobs in equal order are equal content: blobs are named by their SHA-256.
  static String content(Node node) {
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
}
