package dev.backstay.workflow.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.workflow.browse.Difference.Kind;
import dev.backstay.workflow.point.Descriptor;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Puts a manifest of one restore point beside that of another. May wait.
public final class ManifestComparison {

  private final RepositorySession session;

  public ManifestComparison(RepositorySession session) {
    this.session = session;
  }

  /// Whether the path of a file in a restore point is that of a manifest.
  public static boolean isManifest(String path) {
    return path.startsWith("/manifests/") && path.endsWith(".yaml");
  }

  /// @param before the first restore point's id
  /// @param after the second's
  /// @param path of a manifest in at least one of them
  /// @throws NotFoundException if neither has it
  public ManifestTexts compare(
      String before, String after, String path, ManifestView view, CancelToken cancel) {
    ObjectNode left = read(before, path, cancel);
    ObjectNode right = read(after, path, cancel);
    if (left == null && right == null) {
      throw Browsing.inNeither(path);
    }
    if (!view.noise()) {
      Manifests.quiet(left);
      Manifests.quiet(right);
    }
    boolean same = Objects.equals(left, right);
    if (!view.secretValues() && (Manifests.isSecret(left) || Manifests.isSecret(right))) {
      Manifests.mask(left, right, " (before)", " (after)");
    }
    return new ManifestTexts(same, Manifests.text(left), Manifests.text(right));
  }

  /// Whether a difference says nothing about the user's objects: the descriptor, which is another
  /// in every restore point, or a manifest in which only changed what the server keeps by itself.
  public boolean isNoise(String before, String after, Difference difference, CancelToken cancel) {
    if (difference.path().equals(Descriptor.PATH)) {
      return true;
    }
    if (difference.kind() != Kind.CHANGED || !isManifest(difference.path())) {
      return false;
    }
    try {
      return compare(before, after, difference.path(), ManifestView.QUIET, cancel).same();
    } catch (DamagedException _) {
      return false; // shown as changed, which it is
    }
  }

  private @Nullable ObjectNode read(String snapshot, String path, CancelToken cancel) {
    try {
      return Manifests.read(session, snapshot, path, cancel);
    } catch (NotFoundException e) {
      if (e.code().equals(Browsing.NO_PATH)) {
        return null;
      }
      throw e;
    }
  }
}
