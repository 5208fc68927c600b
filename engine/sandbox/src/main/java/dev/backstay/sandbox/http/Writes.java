package dev.backstay.sandbox.http;

import dev.backstay.sandbox.access.Tokens;
import dev.backstay.sandbox.access.User;
import dev.backstay.sandbox.api.DeleteOptions;
import dev.backstay.sandbox.api.Operations;
import dev.backstay.sandbox.api.Patching;
import dev.backstay.sandbox.api.WriteOptions;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `create`, `update`, `patch`, `delete`, `deletecollection`.
public final class Writes {

  private final Operations operations;
  private final Patching patching;
  private final Tokens tokens;

  public Writes(Operations operations, Tokens tokens) {
    this.operations = operations;
    this.patching = new Patching(operations);
    this.tokens = tokens;
  }

  void answer(Call call, Response response, Callback callback) throws Refusal {
    switch (call.verb()) {
      case "create" -> create(call, response, callback);
      case "update" -> update(call, response, callback);
      case "patch" -> patch(call, response, callback);
      case "delete" -> delete(call, response, callback);
      case "deletecollection" -> deleteCollection(call, response, callback);
      default -> throw Refusal.methodNotAllowed();
    }
  }

  private void create(Call call, Response response, Callback callback) throws Refusal {
    ObjectNode body = body(call);
    switch (call.subresource()) {
      case "" -> {
        check(call, body);
        String namespace = call.namespace();
        ObjectNode created =
            operations.create(call.resource(), namespace, body, options(call, "Update"));
        Answer.json(response, callback, 201, Form.of(call).one(call.resource(), created));
      }
      case "token" -> Answer.json(response, callback, 201, token(call, body));
      case "eviction" -> {
        ObjectNode pod = operations.get(call.resource(), call.namespace(), call.name());
        DeleteOptions how =
            DeleteOptions.of(body.path("deleteOptions"), call.dryRun(), "", "Background");
        operations.delete(call.resource(), pod, how);
        Answer.json(response, callback, 201, success(call.resource(), pod));
      }
      default -> throw Refusal.methodNotAllowed();
    }
  }

  private ObjectNode token(Call call, ObjectNode body) throws Refusal {
    ObjectNode account = operations.get(call.resource(), call.namespace(), call.name());
    ObjectNode result = body.deepCopy();
    result.put("kind", "TokenRequest").put("apiVersion", "authentication.k8s.io/v1");
    ObjectNode metadata = Json.meta(result).put("name", call.name());
    metadata.put("namespace", call.namespace()).put("uid", Json.uid(account));
    metadata.put("creationTimestamp", operations.now());
    ObjectNode spec = Json.child(result, "spec");
    Json.byDefault(spec, "expirationSeconds", 3600);
    long seconds = Json.number(spec, 3600, "expirationSeconds");
    ObjectNode status = result.putObject("status");
    status.put("token", tokens.issue(User.serviceAccount(call.namespace(), call.name())));
    status.put(
        "expirationTimestamp",
        java.time.Instant.parse(operations.now()).plusSeconds(seconds).toString());
    return result;
  }

  private void update(Call call, Response response, Callback callback) throws Refusal {
    ObjectNode body = body(call);
    if (call.subresource().equals("scale")) {
      ObjectNode old = operations.get(call.resource(), call.namespace(), call.name());
      ObjectNode next = store(call, Scales.applied(old, body), options(call, "Update"));
      Answer.json(response, callback, 200, Scales.of(next));
      return;
    }
    check(call, body);
    if (!Json.name(body).equals(call.name())) {
      throw Refusal.badRequest(
          "the name of the object ("
              + Json.name(body)
              + ") does not match the name on the URL ("
              + call.name()
              + ")");
    }
    ObjectNode stored = store(call, body, options(call, "Update"));
    Answer.json(response, callback, 200, Form.of(call).one(call.resource(), stored));
  }

  private ObjectNode store(Call call, ObjectNode next, WriteOptions options) throws Refusal {
    String subresource = call.subresource().equals("status") ? "status" : "";
    return operations.update(
        call.resource(), call.namespace(), call.name(), subresource, next, options);
  }

  private void patch(Call call, Response response, Callback callback) throws Refusal {
    boolean scale = call.subresource().equals("scale");
    if (scale) {
      ObjectNode workload = operations.get(call.resource(), call.namespace(), call.name());
      ObjectNode patched =
          (ObjectNode) patching.patched(call.contentType(), call.body(), Scales.of(workload));
      ObjectNode next = store(call, Scales.applied(workload, patched), options(call, "Update"));
      Answer.json(response, callback, 200, Scales.of(next));
      return;
    }
    Patching.Target target =
        new Patching.Target(call.resource(), call.namespace(), call.name(), call.subresource());
    boolean apply = Patching.isApply(call.contentType());
    if (apply && call.param("fieldManager").isEmpty()) {
      throw Refusal.of(
          422,
          "Invalid",
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    Patching.Patched result =
        patching.patch(
            target,
            call.contentType(),
            call.body(),
            call.flag("force"),
            options(call, apply ? "Apply" : "Update"));
    Answer.json(
        response,
        callback,
        result.created() ? 201 : 200,
        Form.of(call).one(call.resource(), result.object()));
  }

  private void delete(Call call, Response response, Callback callback) throws Refusal {
    ObjectNode object = operations.get(call.resource(), call.namespace(), call.name());
    Operations.Deletion done = operations.delete(call.resource(), object, deleteOptions(call));
    ObjectNode answer =
        done.gone() && !call.resource().storage().equals("pods")
            ? success(call.resource(), done.object())
            : Form.of(call).one(call.resource(), done.object());
    Answer.json(response, callback, 200, answer);
  }

  private void deleteCollection(Call call, Response response, Callback callback) throws Refusal {
    Predicate<JsonNode> wanted = Reads.selector(call);
    DeleteOptions options = deleteOptions(call);
    List<ObjectNode> deleted = new ArrayList<>();
    for (ObjectNode object : operations.state().list(call.resource(), call.namespace())) {
      if (wanted.test(object)) {
        deleted.add(operations.delete(call.resource(), object, options).object());
      }
    }
    ObjectNode page = Json.object();
    page.putObject("metadata").put("resourceVersion", Long.toString(operations.state().version()));
    ArrayNode items = page.putArray("items");
    deleted.forEach(items::add);
    Answer.json(response, callback, 200, Form.WHOLE.list(call.resource(), page));
  }

  private static DeleteOptions deleteOptions(Call call) throws Refusal {
    byte[] body = call.body();
    JsonNode given = body.length == 0 ? Json.object() : Json.parse(body);
    return DeleteOptions.of(
        given, call.dryRun(), call.param("gracePeriodSeconds"), call.param("propagationPolicy"));
  }

  private static ObjectNode success(Resource resource, ObjectNode object) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    ObjectNode details = status.put("status", "Success").putObject("details");
    details.put("name", Json.name(object));
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    details.put("kind", resource.plural()).put("uid", Json.uid(object));
    return status;
  }

  private static WriteOptions options(Call call, String operation) {
    return new WriteOptions(call.dryRun(), call.manager(), operation);
  }

  private static ObjectNode body(Call call) throws Refusal {
    String type = call.contentType();
    if (type.equals("application/yaml")) {
      return (ObjectNode) Json.parse(Json.bytes(Patching.yaml(call.body())));
    }
    if (!type.isEmpty() && !type.equals("application/json")) {
      throw Refusal.of(
          415,
          "UnsupportedMediaType",
          "the body of the request was in an unknown format - accepted media types include:"
              + " application/json, application/yaml");
    }
    return Json.parseObject(call.body());
  }

  private static void check(Call call, ObjectNode body) throws Refusal {
    Resource resource = call.resource();
    String kind = Json.text(body, "kind");
    if (!kind.isEmpty() && !kind.equals(resource.kind())) {
      throw Refusal.badRequest(
          kind
              + " in version \""
              + resource.version()
              + "\" cannot be handled as a "
              + resource.kind());
    }
    String apiVersion = Json.text(body, "apiVersion");
    if (!apiVersion.isEmpty() && !apiVersion.equals(resource.apiVersion())) {
      throw Refusal.badRequest(
          "the API version in the data ("
              + apiVersion
              + ") does not match the expected API version ("
              + resource.apiVersion()
              + ")");
    }
    String namespace = Json.namespace(body);
    if (!namespace.isEmpty() && !namespace.equals(call.namespace()) && resource.namespaced()) {
      throw Refusal.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }
}
