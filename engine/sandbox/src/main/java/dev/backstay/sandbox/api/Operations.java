package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import dev.backstay.sandbox.state.State;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// Create, update and delete as kube-apiserver does them: admission, defaults, validation,
/// metadata, finalizers. Each call is one transaction.
public final class Operations {

  /// A change of an object; works on a copy.
  public interface Edit {
    void change(ObjectNode object) throws Refusal;
  }

  /// What a deletion came to.
  ///
  /// @param object as it was, or as it now waits for its finalizers
  /// @param gone whether nothing is left of it
  public record Deletion(ObjectNode object, boolean gone) {}

  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private final State state;
  private final Resources resources;
  private final Admission admission;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Operations(State state, Resources resources, InstantSource clock, RandomGenerator random) {
    this.state = state;
    this.resources = resources;
    this.clock = clock;
    this.random = random;
    this.admission = new Admission(state, resources);
  }

  public State state() {
    return state;
  }

  public Resources resources() {
    return resources;
  }

  /// The present second, as Kubernetes writes it.
  public String now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  public InstantSource clock() {
    return clock;
  }

  public ObjectNode get(Resource resource, String namespace, String name) throws Refusal {
    return state.get(resource, namespace, name).orElseThrow(() -> Refusal.notFound(resource, name));
  }

  public Optional<ObjectNode> find(String storage, String namespace, String name) {
    return resources.findStorage(storage).flatMap(r -> state.get(r, namespace, name));
  }

  public List<ObjectNode> list(String storage, String namespace) {
    return resources.findStorage(storage).map(r -> state.list(r, namespace)).orElse(List.of());
  }

  public ObjectNode create(
      Resource resource, String namespace, ObjectNode body, WriteOptions options) throws Refusal {
    state.lock().lock();
    try {
      ObjectNode object = body.deepCopy();
      prepare(resource, namespace, object);
      admission.namespace(resource, namespace);
      if (state.get(resource, namespace, Json.name(object)).isPresent()) {
        throw Refusal.alreadyExists(resource, Json.name(object));
      }
      Defaults.apply(resource, object, this);
      Validation.create(resource, object);
      admission.create(resource, object, options);
      ObjectNode owned = Fields.of(object);
      Fields.own(object, owned, options, now());
      return options.dryRun() ? object : store(resource, object);
    } finally {
      state.lock().unlock();
    }
  }

  private void prepare(Resource resource, String namespace, ObjectNode object) throws Refusal {
    ObjectNode meta = Json.meta(object);
    for (String own :
        List.of("uid", "resourceVersion", "deletionTimestamp", "managedFields", "selfLink")) {
      meta.remove(own);
    }
    if (!namespace.isEmpty()) {
      meta.put("namespace", namespace);
    } else {
      meta.remove("namespace");
    }
    if (Json.text(meta, "name").isEmpty() && Json.has(meta, "generateName")) {
      meta.put("name", Json.text(meta, "generateName") + randomText(5));
    }
    meta.put("uid", UUID.randomUUID().toString());
    meta.put("creationTimestamp", now());
    if (resource.hasGeneration()) {
      meta.put("generation", 1);
    } else {
      meta.remove("generation");
    }
    if (resource.hasStatus()) {
      object.remove("status");
    }
    object.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
  }

  /// Like `PUT`: the body is the object's next state.
  ///
  /// @param subresource empty or `status`
  public ObjectNode update(
      Resource resource,
      String namespace,
      String name,
      String subresource,
      ObjectNode body,
      WriteOptions options)
      throws Refusal {
    state.lock().lock();
    try {
      ObjectNode old = get(resource, namespace, name);
      ObjectNode next = body.deepCopy();
      checkVersion(resource, old, next);
      ObjectNode meta = Json.meta(next);
      for (String fixed :
          List.of("uid", "creationTimestamp", "deletionTimestamp", "generation", "namespace")) {
        meta.set(fixed, Json.at(old, "metadata", fixed));
        if (meta.path(fixed).isMissingNode()) {
          meta.remove(fixed);
        }
      }
      meta.set("managedFields", Json.list(Json.meta(old), "managedFields").deepCopy());
      if (subresource.equals("status")) {
        next = withStatus(old, next);
      } else if (resource.hasStatus()) {
        next.set("status", old.path("status"));
        if (next.path("status").isMissingNode()) {
          next.remove("status");
        }
      }
      next.put("apiVersion", resource.apiVersion()).put("kind", resource.kind());
      if (subresource.isEmpty()) {
        Defaults.apply(resource, next, this);
        Validation.update(resource, old, next);
        admission.update(resource, old, next);
      }
      return replace(resource, old, next, options);
    } finally {
      state.lock().unlock();
    }
  }

  private static ObjectNode withStatus(ObjectNode old, ObjectNode next) {
    ObjectNode result = old.deepCopy();
    if (next.has("status")) {
      result.set("status", next.path("status"));
    } else {
      result.remove("status");
    }
    return result;
  }

  private static void checkVersion(Resource resource, ObjectNode old, ObjectNode next)
      throws Refusal {
    String version = Json.text(next, "metadata", "resourceVersion");
    if (!version.isEmpty()
        && !version.equals("0")
        && !version.equals(Json.text(old, "metadata", "resourceVersion"))) {
      throw Refusal.modified(resource, Json.name(old));
    }
    String uid = Json.uid(next);
    if (!uid.isEmpty() && !uid.equals(Json.uid(old))) {
      throw Refusal.conflict(
          resource,
          Json.name(old),
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Json.uid(old));
    }
  }

  /// For controllers: changes anything of an object that is still there; nothing happens if it is
  /// gone.
  public void edit(Resource resource, ObjectNode object, Edit edit) {
    state.lock().lock();
    try {
      Optional<ObjectNode> old = state.get(resource, Json.namespace(object), Json.name(object));
      if (old.isPresent() && Json.uid(old.get()).equals(Json.uid(object))) {
        ObjectNode next = old.get().deepCopy();
        edit.change(next);
        replace(resource, old.get(), next, WriteOptions.by("kube-controller-manager"));
      }
    } catch (Refusal e) {
      throw new IllegalStateException(e);
    } finally {
      state.lock().unlock();
    }
  }

  private ObjectNode replace(
      Resource resource, ObjectNode old, ObjectNode next, WriteOptions options) {
    Json.meta(next).put("resourceVersion", Json.text(old, "metadata", "resourceVersion"));
    ObjectNode fields = Fields.changed(old, next);
    if (old.equals(next) && !options.operation().equals("Apply")) {
      return old;
    }
    if (resource.hasGeneration() && !spec(old).equals(spec(next))) {
      Json.meta(next).put("generation", Json.number(old, 0, "metadata", "generation") + 1);
    }
    if (options.operation().equals("Update")) {
      Fields.own(next, fields, options, now());
    }
    if (old.equals(next) || options.dryRun()) {
      return next;
    }
    if (Json.deleting(next) && finished(resource, next)) {
      remove(resource, next);
      return next;
    }
    return store(resource, next);
  }

  private static ObjectNode spec(ObjectNode object) {
    ObjectNode spec = object.deepCopy();
    spec.remove(List.of("metadata", "status", "apiVersion", "kind"));
    return spec;
  }

  /// Whether nothing keeps a deleted object any more.
  private static boolean finished(Resource resource, ObjectNode object) {
    boolean graceful =
        resource.storage().equals("pods")
            && Json.number(object, 0, "metadata", "deletionGracePeriodSeconds") > 0;
    boolean namespaceInUse =
        resource.storage().equals("namespaces") && !Json.at(object, "spec", "finalizers").isEmpty();
    return Json.at(object, "metadata", "finalizers").isEmpty() && !graceful && !namespaceInUse;
  }

  public Deletion delete(Resource resource, ObjectNode object, DeleteOptions options)
      throws Refusal {
    state.lock().lock();
    try {
      ObjectNode old = get(resource, Json.namespace(object), Json.name(object));
      checkPreconditions(resource, old, options);
      ObjectNode next = old.deepCopy();
      Deletions.mark(resource, next, options, now());
      if (finished(resource, next)) {
        if (!options.dryRun()) {
          remove(resource, next);
        }
        return new Deletion(old, true);
      }
      if (options.dryRun() || next.equals(old)) {
        return new Deletion(next, false);
      }
      return new Deletion(store(resource, next), false);
    } finally {
      state.lock().unlock();
    }
  }

  private static void checkPreconditions(Resource resource, ObjectNode old, DeleteOptions options)
      throws Refusal {
    String name = Json.name(old);
    if (!options.uid().isEmpty() && !options.uid().equals(Json.uid(old))) {
      throw Refusal.conflict(
          resource,
          name,
          "Precondition failed: UID in precondition: "
              + options.uid()
              + ", UID in object meta: "
              + Json.uid(old));
    }
    String version = Json.text(old, "metadata", "resourceVersion");
    if (!options.resourceVersion().isEmpty() && !options.resourceVersion().equals(version)) {
      throw Refusal.conflict(
          resource,
          name,
          "Precondition failed: ResourceVersion in precondition: "
              + options.resourceVersion()
              + ", ResourceVersion in object meta: "
              + version);
    }
  }

  private ObjectNode store(Resource resource, ObjectNode object) {
    if (resource.storage().equals("customresourcedefinitions.apiextensions.k8s.io")) {
      Definitions.accept(object, now());
      resources.define(object);
    }
    return state.put(resource, object);
  }

  private void remove(Resource resource, ObjectNode object) {
    if (resource.storage().equals("customresourcedefinitions.apiextensions.k8s.io")) {
      Definitions.instances(resources, object)
          .ifPresent(custom -> state.list(custom, "").forEach(one -> state.remove(custom, one)));
      resources.forget(object);
    }
    state.remove(resource, object);
  }

  /// Letters and digits as the names that Kubernetes makes up have them.
  public String randomText(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
