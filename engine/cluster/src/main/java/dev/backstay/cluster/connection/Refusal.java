package dev.backstay.cluster.connection;

import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import dev.backstay.model.UnsupportedException;
import java.io.IOException;
import java.util.regex.Pattern;
import okhttp3.Response;
import okio.BufferedSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// A server's answer that is no success, as an error of ours. Reads the Status in its body.
final class Refusal {

  private static final long LARGEST_STATUS = 64 << 10;

  /// How admission plugins speak; they answer 403 as authorizers do.
  private static final Pattern ADMISSION =
      Pattern.compile(
          "violates PodSecurity|exceeded quota|failed quota|usage per|admission webhook"
              + "|ValidatingAdmissionPolicy|security context constraint");

  private final String context;
  private final String verb;
  private final ApiPath about;
  private final int code;
  private final String reason;
  private final String message;
  private final String location;

  private Refusal(
      String context, String verb, ApiPath about, int code, JsonNode status, String location) {
    this.context = context;
    this.verb = verb;
    this.about = about;
    this.code = code;
    this.reason = status.path("reason").asString("");
    this.message = status.path("message").asString("");
    this.location = location;
  }

  static EngineException of(String context, String verb, String path, Response response) {
    String location = response.header("Location", "");
    JsonNode status = status(response);
    return new Refusal(
            context,
            verb,
            ApiPath.of(path),
            response.code(),
            status,
            location == null ? "" : location)
        .error();
  }

  /// A Status that came as an event of a watch.
  static EngineException of(String context, String verb, String path, JsonNode status) {
    int code = status.path("code").asInt(500);
    return new Refusal(context, verb, ApiPath.of(path), code, status, "").error();
  }

  private static JsonNode status(Response response) {
    try {
      BufferedSource source = response.body().source();
      source.request(LARGEST_STATUS);
      String text = source.getBuffer().snapshot().utf8();
      return text.length() > LARGEST_STATUS
          ? MissingNode.getInstance()
          : Json.MAPPER.readTree(text);
    } catch (IOException | JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private String said() {
    return message.isEmpty() ? "" : ": " + message;
  }

  private EngineException error() {
    return switch (code) {
      case 400, 413, 415, 422 ->
          new InvalidInputException(
              "cluster.invalid",
              "the server refuses to " + verb + " " + about + said(),
              "correct the object");
      case 401 ->
          new UnauthenticatedException(
              "cluster.unauthenticated",
              "the server does not accept the credentials of context " + context + said(),
              "log in again, for instance with 'kubectl get ns --context " + context + "'");
      case 403 -> forbidden();
      case 404 ->
          new NotFoundException(
              "cluster.not-found", about + " does not exist" + said(), "check the name");
      case 405, 406, 501 ->
          new UnsupportedException(
              "cluster.unsupported", "the server cannot " + verb + " " + about + said(), "");
      case 409 -> conflict();
      case 410 ->
          new ConflictException(
              "cluster.gone",
              "the server forgot where " + verb + " " + about + " was",
              "try again");
      case 504 ->
          new TimedOutException(
              "cluster.timed-out",
              "the server did not finish in time to " + verb + " " + about + said(),
              "try again later");
      default -> other();
    };
  }

  private EngineException forbidden() {
    return ADMISSION.matcher(message).find()
        ? new ForbiddenException(
            "cluster.not-admitted",
            "the cluster does not admit to " + verb + " " + about + said(),
            "change the object, or the quota or policy that is named")
        : new ForbiddenException(
            ForbiddenException.NO_RIGHT,
            "you may not " + verb + " " + about + said(),
            "ask for a role with the verb " + verb + " on " + about.resource());
  }

  private EngineException conflict() {
    return reason.equals("AlreadyExists")
        ? new ConflictException(
            "cluster.already-exists", about + " exists already" + said(), "choose another name")
        : new ConflictException(
            "cluster.conflict", about + " changed meanwhile" + said(), "try again");
  }

  private EngineException other() {
    if (code == 429 || code == 503) {
      return new UnreachableException(
          "cluster.overloaded",
          "the server is too busy to " + verb + " " + about + said(),
          "try again later");
    }
    if (code >= 300 && code < 400) {
      return new UnreachableException(
          "cluster.redirected",
          "the server of context %s sends us elsewhere (%s), which no API server does"
              .formatted(context, target()),
          "check the server's URL; a proxy in front of it may want a login");
    }
    return new UnreachableException(
        "cluster.server-error",
        "the server answered %d when asked to %s %s%s".formatted(code, verb, about, said()),
        "try again later; if it stays, look at the API server's log");
  }

  /// Without query: it may hold a ticket.
  private String target() {
    return location.replaceFirst("[?#].*", "");
  }
}
