package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.app.output.SecretMask;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.browse.Browsing;
import dev.backstay.workflow.browse.Difference.Kind;
import dev.backstay.workflow.browse.LiveComparison;
import dev.backstay.workflow.browse.LiveDifference;
import dev.backstay.workflow.browse.LiveText;
import dev.backstay.workflow.browse.ManifestView;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What has become of a restore point's manifests in the cluster.
final class LiveDiff {

  private static final String MANIFESTS = "/manifests";

  private final RepositorySession session;
  private final RestorePoint point;
  private final ClusterSession cluster;
  private final ManifestView view;
  private final ChangeListing listing;
  private final List<String> remarks = new ArrayList<>();

  LiveDiff(
      RepositorySession session,
      RestorePoint point,
      ClusterSession cluster,
      ManifestView view,
      ChangeListing listing) {
    this.session = session;
    this.point = point;
    this.cluster = cluster;
    this.view = view;
    this.listing = listing;
  }

  /// @return what could not be compared
  List<ItemFailure> run(String path, CancelToken cancel) {
    String where = where(path);
    boolean one = new Browsing(session).look(point.id(), where).entry().type() == FileType.FILE;
    if (!point.cluster().sameAs(cluster.identity())) {
      remarks.add("Context " + cluster.context() + " is another cluster than it was made from.");
    }
    LiveComparison comparison = new LiveComparison(session, cluster);
    if (one) {
      manifest(comparison, where, cancel);
      return List.of();
    }
    if (!where.equals(path) && !point.volumes().isEmpty()) {
      remarks.add("Only manifests are compared with the cluster, files in volumes are not.");
    }
    return comparison.differences(
        point, where, view.noise(), change -> listing.accept(Change.of(change)), cancel);
  }

  private static String where(String path) {
    String whole = "/" + RepositorySession.inside(path);
    if (whole.equals("/")) {
      return MANIFESTS;
    }
    if (!whole.equals(MANIFESTS) && !whole.startsWith(MANIFESTS + "/")) {
      throw new InvalidInputException(
          "diff.no-manifest",
          "'" + path + "' is no manifest: only those can be compared with the cluster",
          "give a path below " + MANIFESTS + ", or another restore point in place of --live");
    }
    return whole;
  }

  private void manifest(LiveComparison comparison, String path, CancelToken cancel) {
    LiveText text = comparison.compare(point.id(), path, point.namespace(), view, cancel);
    if (text.state() == LiveText.State.SAME) {
      return;
    }
    boolean absent = text.state() == LiveText.State.ABSENT;
    if (absent) {
      remarks.add("The cluster has no such object.");
    }
    if (!view.secretValues() && SecretMask.covers(path)) {
      remarks.add("Values are masked; --show-secrets shows them.");
    }
    Optional<List<String>> lines =
        LineDiff.of(
            point.shortId() + ":" + path,
            absent ? "/dev/null" : "live",
            text.stored(),
            text.live());
    Kind kind = absent ? Kind.REMOVED : Kind.CHANGED;
    LiveDifference change =
        new LiveDifference(path, kind, bytes(text.stored()), absent ? -1 : bytes(text.live()));
    listing.accept(Change.of(change), lines.orElse(null));
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// What people should know besides.
  List<String> remarks() {
    return remarks;
  }

  /// What was compared.
  Fields head(String path) {
    return new Fields()
        .put("before", PointSheet.fields(point))
        .put("after", new Fields().put("live", true).put("context", cluster.context()))
        .put("path", where(path));
  }
}
