package dev.backstay.sandbox.state;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The API server says no: an HTTP status and a `Status` object, worded as kube-apiserver does.
public final class Refusal extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final transient ObjectNode status;

  /// One reason of an `Invalid` status.
  public record Cause(String reason, String message, String field) {}

  private Refusal(int code, String reason, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", message).put("reason", reason);
    status.put("code", code);
  }

  public static Refusal of(int code, String reason, String message) {
    return new Refusal(code, reason, message);
  }

  public static Refusal badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  public static Refusal notFound(Resource resource, String name) {
    return of(404, "NotFound", resource.storage() + " \"" + name + "\" not found")
        .about(resource, name);
  }

  public static Refusal noSuchPath() {
    return of(404, "NotFound", "the server could not find the requested resource");
  }

  public static Refusal alreadyExists(Resource resource, String name) {
    return of(409, "AlreadyExists", resource.storage() + " \"" + name + "\" already exists")
        .about(resource, name);
  }

  public static Refusal conflict(Resource resource, String name, String why) {
    String what = resource.storage() + " \"" + name + "\"";
    return of(409, "Conflict", "Operation cannot be fulfilled on " + what + ": " + why)
        .about(resource, name);
  }

  public static Refusal modified(Resource resource, String name) {
    return conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  public static Refusal forbidden(Resource resource, String name, String why) {
    String what = resource.storage() + (name.isEmpty() ? "" : " \"" + name + "\"");
    return of(403, "Forbidden", what + " is forbidden: " + why).about(resource, name);
  }

  public static Refusal expired(String message) {
    return of(410, "Expired", message);
  }

  public static Refusal methodNotAllowed() {
    return of(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  public static Refusal invalid(Resource resource, String name, List<Cause> causes) {
    List<String> texts = causes.stream().map(c -> c.field() + ": " + c.message()).toList();
    String text = texts.size() == 1 ? texts.getFirst() : texts.toString().replace("], ", "]; ");
    Refusal refusal =
        of(422, "Invalid", resource.kindAndGroup() + " \"" + name + "\" is invalid: " + text);
    ObjectNode details = refusal.details(resource, name);
    details.put("kind", resource.kind());
    ArrayNode list = details.putArray("causes");
    for (Cause cause : causes) {
      ObjectNode entry = list.addObject().put("reason", cause.reason());
      entry.put("message", cause.message()).put("field", cause.field());
    }
    return refusal;
  }

  public Refusal about(Resource resource, String name) {
    details(resource, name);
    return this;
  }

  public Refusal cause(String reason, String message, String field) {
    ObjectNode entry = Json.list(Json.child(status, "details"), "causes").addObject();
    entry.put("reason", reason).put("message", message);
    if (!field.isEmpty()) {
      entry.put("field", field);
    }
    return this;
  }

  public Refusal retryAfter(int seconds) {
    Json.child(status, "details").put("retryAfterSeconds", seconds);
    return this;
  }

  private ObjectNode details(Resource resource, String name) {
    ObjectNode details = Json.child(status, "details");
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!resource.group().isEmpty()) {
      details.put("group", resource.group());
    }
    return details.put("kind", resource.plural());
  }

  public int code() {
    return code;
  }

  public String reason() {
    return Json.text(status, "reason");
  }

  public ObjectNode status() {
    return status;
  }
}
