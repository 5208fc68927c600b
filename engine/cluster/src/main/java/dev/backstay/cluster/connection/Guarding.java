package dev.backstay.cluster.connection;

import dev.backstay.cluster.lock.BackUpRules;
import dev.backstay.cluster.lock.Grant;
import dev.backstay.cluster.lock.Operation;
import dev.backstay.cluster.lock.OperationLock;
import dev.backstay.cluster.lock.ReadRules;
import dev.backstay.cluster.lock.Target;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// Lets out only what the lock grants. It is the first interceptor of every client of a connection,
/// so that calls, watches and WebSockets pass here and what is refused asks for no credentials.
final class Guarding implements Interceptor {

  private final String context;
  private final HttpUrl base;
  private final OperationLock standing;

  /// @param standing for requests that carry no lock of their own
  Guarding(String context, HttpUrl base, OperationLock standing) {
    this.context = context;
    this.base = base;
    this.standing = standing;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    try {
      if (!allowed(chain)) {
        throw refused(chain.request());
      }
    } catch (EngineException e) {
      throw new CarriedException(e);
    }
    return chain.proceed(chain.request());
  }

  private boolean allowed(Chain chain) {
    OperationLock own = chain.request().tag(OperationLock.class);
    Grant grant = (own == null ? standing : own).grant(context);
    return switch (grant) {
      case ALL -> true;
      case READ -> ReadRules.allow(operation(chain.request()));
      case BACKUP -> BackUpRules.allow(operation(chain.request()), path -> find(chain, path));
    };
  }

  private Operation operation(Request request) {
    HttpUrl url = request.url();
    List<Operation.Parameter> query = new ArrayList<>();
    for (int i = 0; i < url.querySize(); i++) {
      String value = url.queryParameterValue(i);
      query.add(new Operation.Parameter(url.queryParameterName(i), value == null ? "" : value));
    }
    List<String> steps = steps(url);
    return new Operation(
        request.method(),
        "/" + String.join("/", steps),
        Target.of(steps),
        query,
        () -> body(request));
  }

  /// The path behind the prefix that the server has in the kubeconfig; nothing for another server.
  private List<String> steps(HttpUrl url) {
    List<String> prefix = base.pathSegments().stream().filter(s -> !s.isEmpty()).toList();
    List<String> steps = url.pathSegments();
    boolean below = steps.size() > prefix.size() && steps.subList(0, prefix.size()).equals(prefix);
    boolean same =
        url.host().equals(base.host())
            && url.port() == base.port()
            && url.scheme().equals(base.scheme());
    return below && same ? steps.subList(prefix.size(), steps.size()) : List.of();
  }

  private static JsonNode body(Request request) {
    try {
      Buffer buffer = new Buffer();
      if (request.body() != null && !request.body().isOneShot()) {
        request.body().writeTo(buffer);
      }
      JsonNode read = Json.MAPPER.readTree(buffer.readByteArray());
      return read == null ? MissingNode.getInstance() : read;
    } catch (IOException | JacksonException e) {
      return MissingNode.getInstance();
    }
  }

  private Optional<JsonNode> find(Chain chain, String path) {
    String prefix = base.encodedPath().replaceFirst("/$", "");
    HttpUrl url = base.newBuilder().encodedPath(prefix + path).build();
    Request look = chain.request().newBuilder().url(url).get().build();
    try (Response response = chain.proceed(look)) {
      if (response.code() == 404) {
        return Optional.empty();
      }
      if (!response.isSuccessful()) {
        throw Refusal.of(context, "get", path, response);
      }
      return Optional.of(Json.MAPPER.readTree(response.body().bytes()));
    } catch (CarriedException e) {
      throw e.error();
    } catch (IOException | JacksonException e) {
      throw new ForbiddenException(
          OperationLock.LOCKED,
          "what a request to context " + context + " would change could not be looked at",
          "try again",
          e);
    }
  }

  private ForbiddenException refused(Request request) {
    return new ForbiddenException(
        OperationLock.LOCKED,
        "context "
            + context
            + " is marked production and read-only; not sent: "
            + request.method()
            + " "
            + ApiPath.of(request.url().encodedPath()),
        "unlock it by its name: --unlock " + context);
  }
}
