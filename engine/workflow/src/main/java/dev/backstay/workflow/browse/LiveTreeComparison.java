package dev.backstay.workflow.browse;

import dev.backstay.cluster.manifest.ManifestPath;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.workflow.browse.Difference.Kind;
import dev.backstay.workflow.browse.LiveManifests.Look;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Goes through the manifests of a restore point and the objects of its namespace in step.
final class LiveTreeComparison {

  private static final String CLUSTER = "/" + ManifestPath.ROOT + "/" + ManifestPath.CLUSTER + "/";

  private final LiveComparison comparison;
  private final RepositorySession session;
  private final LiveManifests live;
  private final RestorePoint point;
  private final boolean noise;

  LiveTreeComparison(
      LiveComparison comparison,
      RepositorySession session,
      LiveManifests live,
      RestorePoint point,
      boolean noise) {
    this.comparison = comparison;
    this.session = session;
    this.live = live;
    this.point = point;
    this.noise = noise;
  }

  /// @return what could not be compared
  List<ItemFailure> compare(String path, Consumer<LiveDifference> found, CancelToken cancel) {
    List<ItemFailure> failures = new ArrayList<>(live.failures());
    Set<String> stored = stored(path, cancel);
    Set<String> all = new TreeSet<>(stored);
    if (!point.selective()) {
      String folder = "/" + RepositorySession.inside(path) + "/";
      live.objects().keySet().stream().filter(p -> p.startsWith(folder)).forEach(all::add);
    }
    for (String one : all) {
      cancel.checkpoint();
      try {
        one(one, stored.contains(one), cancel).ifPresent(found);
      } catch (CancelledException e) {
        throw e;
      } catch (EngineException e) {
        failures.add(ItemFailure.of(one, e));
      }
    }
    return failures;
  }

  private Set<String> stored(String path, CancelToken cancel) {
    Set<String> stored = new TreeSet<>();
    session.list(
        point.id(),
        path,
        true,
        file -> {
          if (file.entry().type() == FileType.FILE) {
            stored.add("/" + file.entry().path());
          }
        },
        cancel);
    return stored;
  }

  private Optional<LiveDifference> one(String path, boolean stored, CancelToken cancel) {
    Look now = live.objects().get(path);
    if (!stored) {
      return Optional.of(difference(path, Kind.ADDED, null, now));
    }
    ObjectNode object = Manifests.read(session, point.id(), path, cancel);
    if (now == null) {
      if (live.unread(path)) {
        return Optional.empty();
      }
      now = path.startsWith(CLUSTER) ? single(object) : null;
    }
    Look then = Look.at(object, noise);
    if (now == null) {
      return Optional.of(difference(path, Kind.REMOVED, then, null));
    }
    return now.equals(then)
        ? Optional.empty()
        : Optional.of(difference(path, Kind.CHANGED, then, now));
  }

  /// What the namespace no longer needs of the cluster may be there all the same.
  private @Nullable Look single(ObjectNode object) {
    try {
      return comparison
          .live(object, point.namespace())
          .map(found -> Look.at(found, noise))
          .orElse(null);
    } catch (NotFoundException _) {
      return null; // the cluster does not even serve its kind
    }
  }

  private static LiveDifference difference(
      String path, Kind kind, @Nullable Look stored, @Nullable Look live) {
    return new LiveDifference(path, kind, bytes(stored), bytes(live));
  }

  private static long bytes(@Nullable Look look) {
    return look == null ? -1 : look.bytes();
  }
}
