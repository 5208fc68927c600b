package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.ui.fx.Texts;
import dev.backstay.ui.part.DiffLine;
import dev.backstay.workflow.browse.LiveComparison;
import dev.backstay.workflow.browse.LiveText;
import dev.backstay.workflow.browse.ManifestComparison;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.List;

/// What became of the manifests of a restore point in the cluster. May wait.
///
/// @param session the repository that holds it
/// @param noise whether with what the server keeps by itself
record LiveComparer(
    RepositorySession session, ClusterSession cluster, RestorePoint point, boolean noise) {

  Compared compare(String path, CancelToken cancel) {
    LiveComparison comparison = new LiveComparison(session, cluster);
    return ManifestComparison.isManifest(path)
        ? manifest(comparison, path, cancel)
        : folder(comparison, path, cancel);
  }

  private Compared manifest(LiveComparison comparison, String path, CancelToken cancel) {
    try {
      return shown(comparison.compare(point.id(), path, point.namespace(), noise, cancel));
    } catch (NotFoundException e) {
      if (!e.code().startsWith("repository.")) {
        throw e;
      }
      return new Compared.Words(Texts.of("compare.only-live"), Texts.of("compare.only-live.why"));
    }
  }

  private Compared shown(LiveText text) {
    return switch (text.state()) {
      case SAME -> new Compared.Words(Texts.of("compare.same"), Texts.of("compare.same.live"));
      case ABSENT ->
          new Compared.Words(Texts.of("compare.absent"), Texts.of("compare.absent.live"));
      case DIFFERENT ->
          new Compared.Lines(
              DiffLine.between(text.stored().lines().toList(), text.live().lines().toList(), false),
              Texts.of("compare.sides.live", PointComparer.name(point)));
    };
  }

  private Compared folder(LiveComparison comparison, String path, CancelToken cancel) {
    List<Changed> found = new ArrayList<>();
    List<ItemFailure> failures =
        comparison.differences(point, path, noise, d -> found.add(Changed.of(d)), cancel);
    return found.isEmpty() && failures.isEmpty()
        ? new Compared.Words(Texts.of("compare.same"), Texts.of("compare.same.live"))
        : new Compared.Changes(found, false, failures);
  }
}
