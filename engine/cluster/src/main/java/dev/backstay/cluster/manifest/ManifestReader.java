package dev.backstay.cluster.manifest;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.discovery.ServedTypes.ServedResource;
import dev.backstay.cluster.manifest.ClusterNeeds.Need;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads every object of a namespace and what it needs of the cluster: kinds in parallel, pages of
/// 500, memory bounded by a page per kind that is being read.
public final class ManifestReader {

  /// Objects with this label were made by one of our jobs for its own use, and are left out.
  public static final String TEMPORARY_LABEL = JobTag.JOB;

  private final ClusterConnection connection;
  private final ServedTypes types;

  public ManifestReader(ClusterConnection connection, ServedTypes types) {
    this.connection = connection;
    this.types = types;
  }

  /// Reads and hands over. The order of manifests is not defined.
  ///
  /// @throws dev.backstay.model.EngineException if the server is lost or the sink throws; a kind
  ///   that may not be read is a failure in the answer instead
  public ManifestReading read(
      String namespace, ManifestSelection selection, ManifestSink sink, CancelToken cancel) {
    Tally tally = new Tally();
    ClusterNeeds needs = new ClusterNeeds(namespace);
    ManifestSink serial = new SerialSink(sink);
    ClusterConnection calls = connection.under(cancel);
    Kinds.forEach(
        wanted(selection, tally),
        tally,
        cancel,
        (type, running) ->
            readKind(calls, namespace, selection, type, needs, serial, tally, running));
    if (selection.clusterScoped()) {
      Kinds.forEach(
          needs.all(),
          tally,
          cancel,
          (need, running) -> readNeed(calls, need, serial, tally, running));
    }
    return tally.reading();
  }

  /// How many objects of each kind there are and which may not be read, without reading them: one
  /// object per kind and the server's count of the rest. For plans. Single objects that reading
  /// leaves out are counted here.
  public ManifestReading count(String namespace, ManifestSelection selection, CancelToken cancel) {
    Tally tally = new Tally();
    ClusterConnection calls = connection.under(cancel);
    Kinds.forEach(
        wanted(selection, tally),
        tally,
        cancel,
        (type, running) -> tally.read(type, count(calls, namespace, selection, type)));
    return tally.reading();
  }

  /// Asks the server whether it understands the label selector.
  ///
  /// @throws InvalidInputException if it does not
  public void requireSelector(String namespace, ManifestSelection selection) {
    if (selection.labelSelector().isEmpty()) {
      return;
    }
    ResourceType any = ResourceType.core("configmaps", "ConfigMap");
    try {
      var _ = connection.list(any.path(namespace), query(selection)).hasNext();
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "backup.bad-selector",
          "the label selector '" + selection.labelSelector() + "' is not understood",
          "write it as kubectl does: app=shop,tier in (db,web),!canary");
    } catch (ForbiddenException e) {
      return; // what may be read says so itself
    }
  }

  private List<ResourceType> wanted(ManifestSelection selection, Tally tally) {
    List<ResourceType> wanted = new ArrayList<>();
    for (ServedResource resource : types.resources()) {
      ResourceType type = resource.type();
      if (!type.namespaced() || !resource.verbs().contains("list") || !selection.includes(type)) {
        continue;
      }
      Optional<String> why = LeftOut.kind(resource);
      why.ifPresentOrElse(w -> tally.skippedKind(type, w), () -> wanted.add(type));
    }
    return wanted;
  }

  private static Query query(ManifestSelection selection) {
    return selection.labelSelector().isEmpty()
        ? Query.NONE
        : Query.labels(selection.labelSelector());
  }

  private static void readKind(
      ClusterConnection calls,
      String namespace,
      ManifestSelection selection,
      ResourceType type,
      ClusterNeeds needs,
      ManifestSink sink,
      Tally tally,
      Kinds.Running running) {
    Iterator<ObjectNode> objects = calls.list(type.path(namespace), query(selection));
    while (running.goesOn() && objects.hasNext()) {
      ObjectNode object = objects.next();
      Optional<String> why = LeftOut.object(type, object);
      if (why.isPresent()) {
        tally.skippedObject(type, why.get());
        continue;
      }
      needs.see(type, object);
      hand(manifest(type, namespace, object), sink, tally, running);
    }
  }

  private static void hand(
      Manifest manifest, ManifestSink sink, Tally tally, Kinds.Running running) {
    try {
      sink.accept(manifest);
      tally.read(manifest.key().type(), 1);
    } catch (RuntimeException e) {
      running.end(e);
    }
  }

  private static void readNeed(
      ClusterConnection calls, Need need, ManifestSink sink, Tally tally, Kinds.Running running) {
    try {
      ObjectNode object = calls.get(need.type().path("", need.name()));
      hand(manifest(need.type(), null, object), sink, tally, running);
    } catch (NotFoundException e) {
      if (!need.optional()) {
        throw e;
      }
    }
  }

  private static Manifest manifest(
      ResourceType type, @org.jspecify.annotations.Nullable String namespace, ObjectNode object) {
    if (object.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove("managedFields");
    }
    String name = object.path("metadata").path("name").asString("");
    ManifestKey key =
        new ManifestKey(type.group(), type.version(), type.plural(), type.kind(), namespace, name);
    return new Manifest(key, object, new Manifest.Yaml(CanonicalYaml.write(object)));
  }

  private static long count(
      ClusterConnection calls, String namespace, ManifestSelection selection, ResourceType type) {
    Query query = query(selection);
    if (query.parameters().isEmpty()) {
      ObjectNode page = calls.page(type.path(namespace), query, 1);
      JsonNode rest = page.path("metadata").path("remainingItemCount");
      return page.path("items").size() + rest.asLong(0);
    }
    long count = 0;
    Iterator<ObjectNode> objects = calls.list(type.path(namespace), query);
    while (objects.hasNext()) {
      objects.next();
      count++;
    }
    return count;
  }

  /// One manifest at a time, however many threads read.
  private record SerialSink(ManifestSink sink) implements ManifestSink {
    @Override
    public void accept(Manifest manifest) {
      synchronized (sink) {
        sink.accept(manifest);
      }
    }
  }

  /// Whether an error ends everything instead of one kind.
  static boolean fatal(EngineException error) {
    return switch (error) {
      case dev.backstay.model.CancelledException ignored -> true;
      case dev.backstay.model.UnauthenticatedException ignored -> true;
      case dev.backstay.model.UnreachableException e -> e.code().equals("cluster.unreachable");
      case dev.backstay.model.ForbiddenException ignored -> false;
      case NotFoundException ignored -> false;
      case dev.backstay.model.UnsupportedException ignored -> false;
      case dev.backstay.model.TimedOutException ignored -> false;
      case dev.backstay.model.ConflictException ignored -> false;
      case dev.backstay.model.InvalidInputException e -> !e.code().equals("cluster.invalid");
      case dev.backstay.model.DamagedException ignored -> true;
      case dev.backstay.model.InternalException ignored -> true;
      case dev.backstay.model.LockedException ignored -> true;
      case dev.backstay.model.StorageException ignored -> true;
    };
  }
}
