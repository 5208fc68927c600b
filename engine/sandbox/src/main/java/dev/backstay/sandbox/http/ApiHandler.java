package dev.backstay.sandbox.http;

import dev.backstay.sandbox.access.Access;
import dev.backstay.sandbox.access.User;
import dev.backstay.sandbox.state.Disturbance;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes every request: who is it, what is it, may they, then the part that answers it.
public final class ApiHandler extends Handler.Abstract {

  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

  private final Authentication authentication;
  private final Access access;
  private final Resources resources;
  private final Disturbance disturbance;
  private final Pages pages;
  private final Parts parts;

  /// What answers.
  public record Parts(
      Reads reads, Watching watching, Writes writes, Reviews reviews, Streams streams) {}

  public ApiHandler(
      Authentication authentication,
      Access access,
      Resources resources,
      Disturbance disturbance,
      Parts parts) {
    this.authentication = authentication;
    this.access = access;
    this.resources = resources;
    this.disturbance = disturbance;
    this.pages = new Pages(resources);
    this.parts = parts;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    disturbance.seen(request.getMethod(), request.getHttpURI().getPathQuery());
    disturbance.awaitThaw();
    try {
      answer(request, response, callback);
    } catch (Refusal refusal) {
      Answer.refuse(response, callback, refusal);
    } catch (RuntimeException e) {
      LOG.error("{} {}", request.getMethod(), request.getHttpURI().getPathQuery(), e);
      Answer.refuse(response, callback, Refusal.of(500, "InternalError", e.toString()));
    }
    return true;
  }

  private void answer(Request request, Response response, Callback callback) throws Exception {
    User user = authentication.user(request);
    String path = Request.getPathInContext(request);
    List<String> steps = Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).toList();
    if (pages.serve(request, steps, response, callback)) {
      return;
    }
    Optional<Call> call = call(request, user, steps);
    if (call.isEmpty()) {
      unknown(user, path, response, callback);
      return;
    }
    if (!access.allows(user, call.get().attributes())) {
      throw Refusal.forbidden(
          call.get().resource(), call.get().name(), call.get().attributes().refusal(user));
    }
    disturb(call.get());
    dispatch(call.get(), response, callback);
  }

  private void unknown(User user, String path, Response response, Callback callback)
      throws Refusal {
    if (!access.allowsPath(user, "get", path)) {
      throw Refusal.of(
          403,
          "Forbidden",
          "forbidden: User \"" + user.name() + "\" cannot get path \"" + path + "\"");
    }
    Answer.text(response, callback, 404, "404 page not found\n");
  }

  private void disturb(Call call) throws Exception {
    Optional<Disturbance.Fault> fault =
        disturbance.take(call.verb(), call.resourceAndSubresource());
    if (fault.isEmpty()) {
      return;
    }
    Thread.sleep(fault.get().delay());
    switch (fault.get().code()) {
      case 0 -> {}
      case 409 -> throw Refusal.modified(call.resource(), call.name());
      case 410 -> throw Refusal.expired("The provided continue parameter is too old");
      case 429 ->
          throw Refusal.of(429, "TooManyRequests", "too many requests, please try again later")
              .retryAfter(1);
      case 500 -> throw Refusal.of(500, "InternalError", "Internal error occurred: on demand");
      case 503 -> throw Refusal.of(503, "ServiceUnavailable", "the server is currently unable");
      case 504 -> throw Refusal.of(504, "Timeout", "request did not complete within allotted time");
      default -> throw Refusal.of(fault.get().code(), "", "on demand");
    }
  }

  private void dispatch(Call call, Response response, Callback callback) throws Exception {
    Resource resource = call.resource();
    if (parts.streams().takes(call)) {
      parts.streams().open(call, response, callback);
    } else if (parts.reviews().takes(call)) {
      Answer.json(response, callback, 201, parts.reviews().answer(call));
    } else if (!call.subresource().isEmpty()
        && resource.subresource(call.subresource()).isEmpty()) {
      throw Refusal.noSuchPath();
    } else if (call.subresource().isEmpty() && !resource.verbs().contains(call.verb())) {
      throw Refusal.methodNotAllowed();
    } else if (call.isWatch()) {
      parts.watching().stream(call, response, callback);
    } else if (call.verb().equals("get") || call.verb().equals("list")) {
      parts.reads().answer(call, response, callback);
    } else {
      parts.writes().answer(call, response, callback);
    }
  }

  private Optional<Call> call(Request request, User user, List<String> steps) throws Refusal {
    boolean core = steps.size() > 2 && steps.getFirst().equals("api");
    boolean group = steps.size() > 3 && steps.getFirst().equals("apis");
    if (!core && !group) {
      return Optional.empty();
    }
    String apiGroup = core ? "" : steps.get(1);
    String version = steps.get(core ? 1 : 2);
    List<String> rest = steps.subList(core ? 2 : 3, steps.size());
    String namespace = "";
    if (rest.getFirst().equals("namespaces") && rest.size() > 2 && !isOfNamespace(rest)) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    Optional<Resource> resource = resources.find(apiGroup, version, rest.getFirst());
    if (resource.isEmpty() || rest.size() > 3) {
      return Optional.empty();
    }
    String name = rest.size() > 1 ? rest.get(1) : "";
    if (resource.get().namespaced() == namespace.isEmpty() && !name.isEmpty()) {
      return Optional.empty();
    }
    Fields query = Request.extractQueryParameters(request);
    String subresource = rest.size() > 2 ? rest.get(2) : "";
    return Optional.of(
        new Call(request, query, user, resource.get(), namespace, name, subresource));
  }

  private static boolean isOfNamespace(List<String> rest) {
    return rest.size() == 3 && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
  }
}
