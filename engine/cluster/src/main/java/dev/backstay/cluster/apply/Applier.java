package dev.backstay.cluster.apply;

import dev.backstay.cluster.apply.Applied.End;
import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.apply.order.RestoreOrder;
import dev.backstay.cluster.apply.order.RestoreStage;
import dev.backstay.cluster.apply.plan.LiveContent;
import dev.backstay.cluster.apply.plan.NamespaceState;
import dev.backstay.cluster.apply.plan.ObjectAction;
import dev.backstay.cluster.apply.plan.Overwrite;
import dev.backstay.cluster.apply.plan.PlannedManifest;
import dev.backstay.cluster.apply.plan.Together;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// Does what was planned: stage after stage, the objects of a stage a few at once. What one object
/// is refused is data; the rest goes on.
public final class Applier {

  private static final Duration GONE = Duration.ofMinutes(2);
  private static final Duration NAMESPACE_GONE = Duration.ofMinutes(10);

  private final ClusterConnection connection;
  private final String namespace;
  private final CancelToken cancel;

  /// @param namespace where namespaced objects go
  public Applier(ClusterConnection connection, String namespace, CancelToken cancel) {
    this.connection = connection.under(cancel);
    this.namespace = namespace;
    this.cancel = cancel;
  }

  /// @param objects those of the plan that are to be done now
  /// @param done hears of each as it is done; called by several threads, never by two at once
  /// @throws EngineException if the server is lost or the token is cancelled
  public List<Applied> apply(List<PlannedManifest> objects, Consumer<Applied> done) {
    Map<RestoreStage, List<PlannedManifest>> stages = new TreeMap<>();
    for (PlannedManifest object : objects) {
      stages.computeIfAbsent(RestoreOrder.stage(object.key()), s -> new ArrayList<>()).add(object);
    }
    List<Applied> all = new ArrayList<>();
    stages.forEach((stage, some) -> all.addAll(Together.map(some, cancel, o -> one(o, done))));
    return all;
  }

  private Applied one(PlannedManifest object, Consumer<Applied> done) {
    Applied applied = attempt(object);
    synchronized (done) {
      done.accept(applied);
    }
    return applied;
  }

  private Applied attempt(PlannedManifest object) {
    try {
      return switch (object.action()) {
        case CREATE -> create(object);
        case OVERWRITE -> overwrite(object);
        case EXISTS_SKIP, LEFT_OUT -> new Applied(object, End.SKIPPED, null);
        case CONFLICT -> failed(object, "restore.conflict", object.reason(), "");
      };
    } catch (CancelledException e) {
      throw e;
    } catch (EngineException e) {
      return new Applied(object, End.FAILED, ItemFailure.of(object.key().toString(), e));
    }
  }

  private static Applied failed(
      PlannedManifest object, String code, String message, String remedy) {
    ItemFailure failure = new ItemFailure(object.key().toString(), code, message, remedy);
    return new Applied(object, End.FAILED, failure);
  }

  private Applied create(PlannedManifest object) {
    if (object.key().type().equals(NamespaceState.TYPE)) {
      awaitDeleted();
    }
    ObjectNode body = Objects.requireNonNull(object.object());
    try {
      connection.create(collection(object.key()), body, WriteMode.APPLY);
    } catch (ConflictException e) {
      return appeared(object, body, e);
    }
    if (object.key().kind().equals("CustomResourceDefinition")) {
      new Definitions(connection, cancel).awaitServed(object.key().name(), body);
    }
    return new Applied(object, End.CREATED, null);
  }

  /// A namespace that is being deleted has to be gone before it can be made again.
  private void awaitDeleted() {
    if (NamespaceState.of(connection, namespace) == NamespaceState.TERMINATING) {
      connection.awaitGone(NamespaceState.TYPE.path(), namespace, null, NAMESPACE_GONE);
    }
  }

  /// It was absent when the plan was made. Either the cluster or a killed run of this job made it
  /// as it should be, or somebody else made something.
  private Applied appeared(PlannedManifest object, ObjectNode body, ConflictException refusal) {
    var live = connection.find(path(object.key()));
    if (live.isEmpty()) {
      return new Applied(object, End.FAILED, ItemFailure.of(object.key().toString(), refusal));
    }
    if (object.key().kind().equals("Namespace")) {
      return new Applied(object, End.ALREADY_DONE, null);
    }
    if (object.key().kind().equals("ServiceAccount")) {
      return merge(object, live.get(), body);
    }
    boolean same = LiveContent.changes(live.get(), body).isEmpty();
    boolean ours = LiveContent.ours(live.get(), ClusterConnection.FIELD_MANAGER);
    return same || ours
        ? new Applied(object, End.ALREADY_DONE, null)
        : failed(
            object,
            "restore.appeared",
            object.key() + " appeared since the plan was made",
            "plan again");
  }

  /// A ServiceAccount of that name is made with each namespace: it gets what it lacks.
  private Applied merge(PlannedManifest object, ObjectNode live, ObjectNode wanted) {
    ObjectNode body = Overwrite.body(live, wanted);
    if (!Overwrite.merge(live, body)) {
      return new Applied(object, End.ALREADY_DONE, null);
    }
    connection.replace(path(object.key()), body, WriteMode.APPLY);
    return new Applied(object, End.REPLACED, null);
  }

  private Applied overwrite(PlannedManifest object) {
    ObjectNode body = Objects.requireNonNull(object.object());
    PlannedManifest.Live planned = Objects.requireNonNull(object.live());
    ObjectNode live = connection.get(path(object.key()));
    if (LiveContent.changes(live, body).isEmpty()) {
      return new Applied(object, End.ALREADY_DONE, null);
    }
    boolean same =
        ObjectFields.uid(live).equals(planned.uid())
            && LiveContent.hash(live).equals(planned.content());
    if (!same) {
      return failed(
          object,
          "restore.changed",
          object.key() + " changed since the plan was made",
          "plan again");
    }
    return object.recreate() ? recreate(object, planned, body) : replace(object, live, body);
  }

  private Applied replace(PlannedManifest object, ObjectNode live, ObjectNode body) {
    connection.replace(path(object.key()), Overwrite.body(live, body), WriteMode.APPLY);
    return new Applied(object, End.REPLACED, null);
  }

  private Applied recreate(PlannedManifest object, PlannedManifest.Live live, ObjectNode body) {
    connection.delete(path(object.key()), DeleteOptions.BACKGROUND.onlyUid(live.uid()));
    connection.awaitGone(collection(object.key()), object.key().name(), live.uid(), GONE);
    connection.create(collection(object.key()), body, WriteMode.APPLY);
    return new Applied(object, End.REPLACED, null);
  }

  private String collection(ManifestKey key) {
    return key.type().path(namespace);
  }

  private String path(ManifestKey key) {
    return key.type().path(namespace, key.name());
  }

  /// A bare namespace, for a restore point that holds none.
  public static PlannedManifest bareNamespace(String name) {
    ObjectNode object = dev.backstay.cluster.connection.Json.object();
    object.put("apiVersion", "v1").put("kind", "Namespace");
    object.putObject("metadata").put("name", name);
    ManifestKey key = new ManifestKey("", "v1", "namespaces", "Namespace", null, name);
    return new PlannedManifest(
        key, ObjectAction.CREATE, "", List.of(), object, null, List.of(), false);
  }
}
