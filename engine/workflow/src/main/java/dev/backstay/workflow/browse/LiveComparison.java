package dev.backstay.workflow.browse;

import dev.backstay.cluster.discovery.ServedTypes.ServedResource;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Puts a stored manifest beside the live object. Values of Secrets are masked so that equal ones
/// stay equal and different ones different. May wait.
public final class LiveComparison {

  private final RepositorySession repository;
  private final ClusterSession cluster;

  public LiveComparison(RepositorySession repository, ClusterSession cluster) {
    this.repository = repository;
    this.cluster = cluster;
  }

  /// With the values of Secrets masked.
  ///
  /// @param snapshot the restore point's id
  /// @param path of a manifest in it
  /// @param namespace where the live object is looked for, if it has a namespace
  /// @param noise whether with `managedFields`, `status` and what else the server keeps
  /// @throws dev.backstay.model.EngineException also if the user may not read the object
  public LiveText compare(
      String snapshot, String path, String namespace, boolean noise, CancelToken cancel) {
    return compare(snapshot, path, namespace, new ManifestView(noise, false), cancel);
  }

  /// The same, showing what is asked for.
  public LiveText compare(
      String snapshot, String path, String namespace, ManifestView view, CancelToken cancel) {
    ObjectNode stored = Manifests.read(repository, snapshot, path, cancel);
    ObjectNode found = live(stored, namespace).orElse(null);
    if (!view.noise()) {
      Manifests.quiet(stored);
      Manifests.quiet(found);
    }
    boolean same = stored.equals(found);
    if (!view.secretValues() && Manifests.isSecret(stored)) {
      Manifests.mask(stored, found, " (stored)", " (live)");
    }
    LiveText.State state =
        found == null
            ? LiveText.State.ABSENT
            : same ? LiveText.State.SAME : LiveText.State.DIFFERENT;
    return new LiveText(state, Manifests.text(stored), Manifests.text(found));
  }

  /// What differs between the manifests below a path and the live objects, in the order of paths.
  /// What only the cluster has counts as added, unless the restore point is selective.
  ///
  /// @param path `/manifests` or a folder in it
  /// @param noise whether with `managedFields`, `status` and what else the server keeps
  /// @return what could not be compared, such as kinds that may not be read
  public List<ItemFailure> differences(
      RestorePoint point,
      String path,
      boolean noise,
      Consumer<LiveDifference> found,
      CancelToken cancel) {
    LiveManifests live =
        LiveManifests.read(
            cluster, point.namespace(), RepositorySession.inside(path), noise, cancel);
    return new LiveTreeComparison(this, repository, live, point, noise)
        .compare(path, found, cancel);
  }

  /// The live object of a stored one.
  Optional<ObjectNode> live(ObjectNode stored, String namespace) {
    String apiVersion = stored.path("apiVersion").asString("");
    int slash = apiVersion.indexOf('/');
    String group = slash < 0 ? "" : apiVersion.substring(0, slash);
    String kind = stored.path("kind").asString("");
    ServedResource served =
        cluster
            .types()
            .byKind(group, kind)
            .orElseThrow(() ->
                new NotFoundException(
                    "compare.no-kind",
                    "the cluster serves no " + kind + (group.isEmpty() ? "" : "." + group),
                    "its definition may be gone; restore that first"));
    String name = stored.path("metadata").path("name").asString("");
    return cluster.connection().find(served.type().path(namespace, name));
  }
}
