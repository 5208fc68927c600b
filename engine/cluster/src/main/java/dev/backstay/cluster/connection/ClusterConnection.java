package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.Kubeconfig;
import dev.backstay.cluster.kubeconfig.ResolvedContext;
import dev.backstay.cluster.lock.OperationLock;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.TimedOutException;
import dev.backstay.model.UnreachableException;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A connection to one API server through one kubeconfig context. Safe for use by many threads.
///
/// Opening contacts nothing and runs no program; the first call does. All calls carry credentials
/// and impersonation. Idempotent ones are repeated with backoff on 429 (as `Retry-After` says), 5xx
/// and broken connections; a 401 leads to one refresh of the credentials. Whatever goes wrong ends
/// in an [dev.backstay.model.EngineException]:
///
/// | server says | thrown | code |
/// |---|---|---|
/// | 400, 415, 422 | InvalidInputException | `cluster.invalid` |
/// | 401 | UnauthenticatedException | `cluster.unauthenticated` |
/// | nothing, for it was not asked: [OperationLock] | ForbiddenException | `context.locked` |
/// | 403 | ForbiddenException, names verb, resource and namespace | `cluster.forbidden` |
/// | 404 | NotFoundException | `cluster.not-found` |
/// | 405, 406 | UnsupportedException | `cluster.unsupported` |
/// | 409 | ConflictException | `cluster.conflict`, `cluster.already-exists` |
/// | 410 | ConflictException | `cluster.gone` |
/// | 429, 5xx after the retries, nothing at all | UnreachableException | `cluster.unreachable`, `cluster.overloaded` |
/// | too late | TimedOutException | `cluster.timed-out` |
/// | nothing for a while: [#unlessSilent()] | TimedOutException | `cluster.silent` |
///
/// Paths are absolute paths of the API such as `/api/v1/namespaces/shop/pods/db-0`;
/// [dev.backstay.cluster.discovery.ResourceType] makes them.
public final class ClusterConnection implements AutoCloseable {

  /// The field manager of every write.
  public static final String FIELD_MANAGER = "backstay";

  /// The code of the error for a server that was not asked, for it has been silent for a while.
  public static final String SILENT = "cluster.silent";

  private static final MediaType JSON = MediaType.get("application/json");
  private static final MediaType APPLY = MediaType.get("application/apply-patch+yaml");

  /// What a connection and those under a token share.
  private record Shared(
      ResolvedContext context,
      Transport transport,
      Calls calls,
      Once<String> clusterId,
      Once<ServerVersion> version) {}

  private final Shared shared;
  private final CancelToken cancel;
  private final @Nullable OperationLock lock;
  private final boolean patient;

  private ClusterConnection(
      Shared shared, CancelToken cancel, @Nullable OperationLock lock, boolean patient) {
    this.shared = shared;
    this.cancel = cancel;
    this.lock = lock;
    this.patient = patient;
  }

  /// Opens a connection.
  ///
  /// @param kubeconfig the merged kubeconfigs
  /// @param context which context; empty for the current one
  /// @param impersonation takes the place of the one in the kubeconfig unless it is none
  /// @throws dev.backstay.model.EngineException if the context does not exist or cannot be used
  public static ClusterConnection open(
      Kubeconfig kubeconfig,
      String context,
      Impersonation impersonation,
      ConnectionSettings settings) {
    return open(kubeconfig.resolve(context), impersonation, settings, Timing.STANDARD);
  }

  static ClusterConnection open(
      ResolvedContext context,
      Impersonation impersonation,
      ConnectionSettings settings,
      Timing timing) {
    Impersonation as = impersonation.none() ? context.user().impersonation() : impersonation;
    try {
      Transport transport = new Transport(context, as, settings, timing);
      Calls calls = new Calls(context.name(), transport.base(), timing);
      return new ClusterConnection(
          new Shared(context, transport, calls, new Once<>(), new Once<>()),
          new CancelToken(),
          null,
          true);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "kubeconfig.bad-server",
          "the server of cluster " + context.cluster().name() + " is not a URL we can use",
          "correct it in " + context.cluster().file(),
          e);
    }
  }

  /// The same connection, whose calls and watches end with a CancelledException once the token is
  /// cancelled. Closing either closes both.
  public ClusterConnection under(CancelToken other) {
    return new ClusterConnection(shared, other, lock, patient);
  }

  /// The same connection, whose calls and streams ask another lock than the one of its settings.
  /// Closing either closes both.
  public ClusterConnection under(OperationLock other) {
    return new ClusterConnection(shared, cancel, other, patient);
  }

  /// The same connection, which asks nothing more of a server that has been silent for a while: for
  /// jobs, which ask so much that to wait for each answer in vain takes hours. A single slow answer
  /// is no silence, and a server that answers again is asked again. Closing either closes both.
  public ClusterConnection unlessSilent() {
    return new ClusterConnection(shared, cancel, lock, false);
  }

  /// The proxy that the server is reached through, `host:port`; empty for none. Contacts nothing.
  public String proxy() {
    return shared.transport().proxy();
  }

  /// Takes over the user's credentials as the kubeconfig has them now, also for what is running on
  /// this connection and those under it. Contacts nothing.
  ///
  /// @return false if the context leads elsewhere by now, so that only a new connection can serve
  /// @throws dev.backstay.model.EngineException if the context does not exist any more
  public boolean renew(Kubeconfig kubeconfig) {
    return shared.transport().renew(kubeconfig.resolve(contextName()));
  }

  /// The name of the context.
  public String contextName() {
    return shared.context().name();
  }

  /// The context's namespace, or `default`.
  public String defaultNamespace() {
    return shared.context().namespace();
  }

  /// The URL of the API server.
  public String server() {
    return shared.context().cluster().server();
  }

  /// Whether the server's certificate is not verified.
  public boolean insecure() {
    return shared.context().cluster().insecure();
  }

  /// Which cluster this is, whatever it is called here: the uid of `kube-system`, or where that may
  /// not be read a hash of the server's address and CA, which starts with `server-`. Asked once.
  public String clusterId() {
    return shared.clusterId().get(this::askClusterId);
  }

  /// The same cluster for those who know its uid and for those who do not. Asked once.
  public ClusterIdentity identity() {
    return new ClusterIdentity(clusterId(), serverId());
  }

  private String askClusterId() {
    try {
      return get("/api/v1/namespaces/kube-system").path("metadata").path("uid").asString();
    } catch (ForbiddenException | NotFoundException e) {
      return serverId();
    }
  }

  private String serverId() {
    return ClusterIdentity.server(serverHash());
  }

  private String serverHash() {
    var cluster = shared.context().cluster();
    boolean named = !cluster.caData().isEmpty() || !cluster.caFile().isEmpty();
    byte[] ca =
        named ? Pem.load("certificate-authority", cluster.caData(), cluster.caFile()) : new byte[0];
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(cluster.server().getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      return HexFormat.of().formatHex(sha.digest(ca), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What the server is. Asked once.
  public ServerVersion serverVersion() {
    return shared.version().get(() -> ServerVersion.of(get("/version")));
  }

  /// For the typed API of client-java. Read time-out 30 s; no retries but the one after a 401.
  public ApiClient api() {
    ApiClient client = new ApiClient(shared.transport().interactive());
    return client.setBasePath(server().replaceFirst("/+$", ""));
  }

  /// For WebSockets and other long streams: no read time-out, no pings, HTTP/1.1. Carries
  /// credentials, impersonation and the retry after a 401 by itself. Whoever waits for such a
  /// stream also listens with [#onCut(Runnable)], and asks [#answers()] when it is silent for long.
  public OkHttpClient streaming() {
    return shared.transport().streaming();
  }

  /// Calls the listener, on a thread that must not be held, when the machine has slept: streams
  /// from before will never say another word.
  public CancelToken.Registration onCut(Runnable listener) {
    return shared.transport().onCut(listener);
  }

  /// Whether the server answers anything, asked on a connection of its own. Takes 20 s at most,
  /// credentials that have to be renewed aside.
  public boolean answers() {
    Request request = anyway("/version", Query.NONE).build();
    Silence silence = shared.calls().silence();
    long begun = silence.now();
    try (Response response = shared.transport().probing().newCall(request).execute()) {
      silence.heard();
      return response.code() > 0; // also a refusal is an answer
    } catch (InterruptedIOException e) {
      silence.unanswered(begun);
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /// A request to a path of the API server, for [#streaming()].
  public Request.Builder request(String path, Query query) {
    if (!patient && shared.calls().silence().still(this::answers)) {
      throw new TimedOutException(
          SILENT,
          "the server of context " + contextName() + " (" + server() + ") does not answer any more",
          "check the network, the VPN and whether the cluster runs; what is left there is removed"
              + " by the next job in that cluster, or by 'backstay cleanup'");
    }
    return anyway(path, query);
  }

  private Request.Builder anyway(String path, Query query) {
    return new Request.Builder()
        .url(shared.transport().url(path, query))
        .tag(CancelToken.class, cancel)
        .tag(OperationLock.class, lock);
  }

  /// Why a stream did not come to be or broke, as the error that a call would have thrown: for
  /// those who use [#streaming()].
  ///
  /// @param verb what was tried, for the message: `exec into`
  /// @param response the answer to the handshake if there was one
  public EngineException explain(
      String verb, String path, @Nullable Response response, IOException failure) {
    return response == null || response.code() == 101
        ? shared.calls().breakage().of(failure)
        : Refusal.of(contextName(), verb, path, response);
  }

  /// @throws dev.backstay.model.NotFoundException if there is none
  public ObjectNode get(String path) {
    return get(path, Query.NONE);
  }

  public ObjectNode get(String path, Query query) {
    return send("get", request(path, query), Calls.Repeat.FREELY);
  }

  /// As [#get(String)] with another media type in `Accept`.
  public ObjectNode get(String path, Query query, String accept) {
    return send("get", request(path, query).header("Accept", accept), Calls.Repeat.FREELY);
  }

  /// The body of an answer that is no JSON: a log, metrics.
  ///
  /// @param most bytes to read at most; the rest is left
  public String text(String path, Query query, long most) {
    return shared
        .calls()
        .run(
            shared.transport().interactive(),
            "get",
            request(path, query).build(),
            Calls.Repeat.FREELY,
            cancel,
            response -> {
              var source = response.body().source();
              source.request(most);
              return source.getBuffer().readUtf8(Math.min(most, source.getBuffer().size()));
            });
  }

  /// As [#get(String)], empty if there is none.
  public Optional<ObjectNode> find(String path) {
    try {
      return Optional.of(get(path));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /// All objects of a collection, fetched in pages of 500 (fewer when objects are large), each with
  /// its `apiVersion` and `kind`. Memory is bounded by a page of 8 MiB. The iterator throws what
  /// [#get(String)] throws, also in the middle. A list that takes so long that the server forgets
  /// where it was goes on from the newest state.
  public Iterator<ObjectNode> list(String collectionPath, Query query) {
    return pages(collectionPath, query);
  }

  ListPages pages(String collectionPath, Query query) {
    return new ListPages(
        new ListPages.Source() {
          @Override
          public <T> T fetch(Query page, Calls.Reader<T> reader) {
            var client = shared.transport().interactive();
            var request = request(collectionPath, page).build();
            return shared.calls().run(client, "list", request, Calls.Repeat.FREELY, cancel, reader);
          }
        },
        query);
  }

  /// The first page of at most `limit` objects as the server sends it, with `metadata` and `items`.
  public ObjectNode page(String collectionPath, Query query, int limit) {
    Query limited = query.and("limit", Integer.toString(limit));
    return send("list", request(collectionPath, limited), Calls.Repeat.FREELY);
  }

  /// @param collectionPath without the name, or the path of a subresource
  /// @return the object as stored
  public ObjectNode create(String collectionPath, JsonNode object, WriteMode mode) {
    Request.Builder request = request(collectionPath, written(mode)).post(json(object));
    return send("create", request, Calls.Repeat.IF_REFUSED);
  }

  /// @param path with the name
  /// @param object with its `resourceVersion` to be refused if it changed meanwhile
  public ObjectNode replace(String path, JsonNode object, WriteMode mode) {
    Request.Builder request = request(path, written(mode)).put(json(object));
    return send("update", request, Calls.Repeat.IF_REFUSED);
  }

  public ObjectNode patch(String path, PatchType type, JsonNode patch, WriteMode mode) {
    RequestBody body = body(patch, MediaType.get(type.mediaType()));
    Calls.Repeat repeat = type == PatchType.JSON ? Calls.Repeat.IF_REFUSED : Calls.Repeat.FREELY;
    return send("patch", request(path, written(mode)).patch(body), repeat);
  }

  /// Server-side apply.
  ///
  /// @param force take over fields that another manager owns; else that is a ConflictException
  public ObjectNode apply(String path, JsonNode object, boolean force, WriteMode mode) {
    Query query = written(mode).and("force", Boolean.toString(force));
    return send("patch", request(path, query).patch(body(object, APPLY)), Calls.Repeat.FREELY);
  }

  /// Deletes an object. Its end may come later (finalizers, a pod's grace): see [#awaitGone].
  ///
  /// @return the object as the server still has it or the Status it answered; empty if there was
  ///   none
  public Optional<ObjectNode> delete(String path, DeleteOptions options) {
    try {
      Request.Builder request = request(path, Query.NONE).delete(json(options.body()));
      return Optional.of(send("delete", request, Calls.Repeat.FREELY));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  /// Follows a collection.
  ///
  /// @param resourceVersion from where on; null to list first: RELISTED and one ADDED for each
  public Watch watch(String collectionPath, Query query, @Nullable String resourceVersion) {
    return stream(collectionPath, query, resourceVersion);
  }

  WatchStream stream(String path, Query query, @Nullable String resourceVersion) {
    return new WatchStream(
        this, shared.calls(), shared.transport(), cancel, path, query, resourceVersion);
  }

  /// Waits until one object is as wanted, by watching it; by asking every second where it may be
  /// got but not watched.
  ///
  /// @param check gets the object after each change, empty while it does not exist; a present
  ///   answer ends the waiting, and what it throws comes out
  /// @throws dev.backstay.model.TimedOutException with code `cluster.wait-timed-out`
  public <T> T await(
      String collectionPath,
      String name,
      Duration atMost,
      Function<Optional<ObjectNode>, Optional<T>> check) {
    return new Waiting(this, cancel, collectionPath, name, atMost).until(check);
  }

  /// Waits until an object is gone, or is another one than the given uid.
  ///
  /// @param uid null for any
  public void awaitGone(String collectionPath, String name, @Nullable String uid, Duration atMost) {
    boolean gone =
        await(
            collectionPath,
            name,
            atMost,
            object ->
                object.filter(o -> uid == null || uid.equals(uidOf(o))).isPresent()
                    ? Optional.<Boolean>empty()
                    : Optional.of(true));
    if (!gone) {
      throw new IllegalStateException();
    }
  }

  private static String uidOf(ObjectNode object) {
    return object.path("metadata").path("uid").asString("");
  }

  private static Query written(WriteMode mode) {
    Query query = Query.of("fieldManager", FIELD_MANAGER);
    return mode == WriteMode.DRY_RUN ? query.and("dryRun", "All") : query;
  }

  private static RequestBody json(JsonNode object) {
    return body(object, JSON);
  }

  private static RequestBody body(JsonNode object, MediaType type) {
    return RequestBody.create(Json.MAPPER.writeValueAsBytes(object), type);
  }

  private ObjectNode send(String verb, Request.Builder request, Calls.Repeat repeat) {
    var client = shared.transport().interactive();
    return shared.calls().run(client, verb, request.build(), repeat, cancel, this::object);
  }

  private ObjectNode object(Response response) throws IOException {
    try {
      if (Json.MAPPER.readTree(response.body().bytes()) instanceof ObjectNode object) {
        return object;
      }
    } catch (JacksonException e) {
      throw new CarriedException(notAnApi(e));
    }
    throw new CarriedException(notAnApi(null));
  }

  private EngineException notAnApi(@Nullable JacksonException e) {
    return new UnreachableException(
        "cluster.not-an-api",
        "the server of context " + contextName() + " answered something that is not JSON",
        "check the server's URL; a proxy in front of it may want a login",
        e);
  }

  /// Ends all calls and streams of this connection.
  @Override
  public void close() {
    shared.transport().close();
  }

  @Override
  public String toString() {
    return contextName() + " at " + server();
  }
}
