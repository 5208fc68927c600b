package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.Kubeconfig;
import dev.backstay.model.CancelToken;
import io.kubernetes.client.openapi.ApiClient;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Function;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
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
/// | 403 | ForbiddenException, names verb, resource and namespace | `cluster.forbidden` |
/// | 404 | NotFoundException | `cluster.not-found` |
/// | 405, 406 | UnsupportedException | `cluster.unsupported` |
/// | 409 | ConflictException | `cluster.conflict`, `cluster.already-exists` |
/// | 410 | ConflictException | `cluster.gone` |
/// | 429, 5xx after the retries, nothing at all | UnreachableException | `cluster.unreachable`, `cluster.overloaded` |
/// | too late | TimedOutException | `cluster.timed-out` |
///
/// Paths are absolute paths of the API such as `/api/v1/namespaces/shop/pods/db-0`;
/// [dev.backstay.cluster.discovery.ResourceType] makes them.
public final class ClusterConnection implements AutoCloseable {

  /// The field manager of every write.
  public static final String FIELD_MANAGER = "backstay";

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
    return dev.backstay.cluster.Pending.body();
  }

  /// The same connection, whose calls and watches end with a CancelledException once the token is
  /// cancelled. Closing either closes both.
  public ClusterConnection under(CancelToken cancel) {
    return dev.backstay.cluster.Pending.body();
  }

  /// The name of the context.
  public String contextName() {
    return dev.backstay.cluster.Pending.body();
  }

  /// The context's namespace, or `default`.
  public String defaultNamespace() {
    return dev.backstay.cluster.Pending.body();
  }

  /// The URL of the API server.
  public String server() {
    return dev.backstay.cluster.Pending.body();
  }

  /// Which cluster this is, whatever it is called here: the uid of `kube-system`, or where that may
  /// not be read a hash of the server's address and CA, which starts with `server-`. Asked once.
  public String clusterId() {
    return dev.backstay.cluster.Pending.body();
  }

  /// What the server is. Asked once.
  public ServerVersion serverVersion() {
    return dev.backstay.cluster.Pending.body();
  }

  /// For the typed API of client-java. Read time-out 30 s; no retries but the one after a 401.
  public ApiClient api() {
    return dev.backstay.cluster.Pending.body();
  }

  /// For WebSockets and other long streams: no read time-out, no pings. Carries credentials,
  /// impersonation and the retry after a 401 by itself.
  public OkHttpClient streaming() {
    return dev.backstay.cluster.Pending.body();
  }

  /// A request to a path of the API server, for [#streaming()].
  public Request.Builder request(String path, Query query) {
    return dev.backstay.cluster.Pending.body();
  }

  /// @throws dev.backstay.model.NotFoundException if there is none
  public ObjectNode get(String path) {
    return get(path, Query.NONE);
  }

  public ObjectNode get(String path, Query query) {
    return dev.backstay.cluster.Pending.body();
  }

  /// As [#get(String)], empty if there is none.
  public Optional<ObjectNode> find(String path) {
    return dev.backstay.cluster.Pending.body();
  }

  /// All objects of a collection, fetched in pages of 500 (fewer when objects are large), each with
  /// its `apiVersion` and `kind`. Memory is bounded by a page. The iterator throws what
  /// [#get(String)] throws, also in the middle.
  public Iterator<ObjectNode> list(String collectionPath, Query query) {
    return dev.backstay.cluster.Pending.body();
  }

  /// The first page of at most `limit` objects as the server sends it, with `metadata` and `items`.
  public ObjectNode page(String collectionPath, Query query, int limit) {
    return dev.backstay.cluster.Pending.body();
  }

  /// @param collectionPath without the name
  /// @return the object as stored
  public ObjectNode create(String collectionPath, JsonNode object, WriteMode mode) {
    return dev.backstay.cluster.Pending.body();
  }

  /// @param path with the name
  /// @param object with its `resourceVersion` to be refused if it changed meanwhile
  public ObjectNode replace(String path, JsonNode object, WriteMode mode) {
    return dev.backstay.cluster.Pending.body();
  }

  public ObjectNode patch(String path, PatchType type, JsonNode patch, WriteMode mode) {
    return dev.backstay.cluster.Pending.body();
  }

  /// Server-side apply.
  ///
  /// @param force take over fields that another manager owns; else that is a ConflictException
  public ObjectNode apply(String path, JsonNode object, boolean force, WriteMode mode) {
    return dev.backstay.cluster.Pending.body();
  }

  /// Deletes an object. Its end may come later (finalizers, a pod's grace): see [#awaitGone].
  ///
  /// @return the object as the server still has it or the Status it answered; empty if there was
  ///   none
  public Optional<ObjectNode> delete(String path, DeleteOptions options) {
    return dev.backstay.cluster.Pending.body();
  }

  /// Follows a collection.
  ///
  /// @param resourceVersion from where on; null to list first: RELISTED and one ADDED for each
  public Watch watch(String collectionPath, Query query, @Nullable String resourceVersion) {
    return dev.backstay.cluster.Pending.body();
  }

  /// Waits until one object is as wanted, by watching it.
  ///
  /// @param check gets the object after each change, empty while it does not exist; a present
  ///   answer ends the waiting, and what it throws comes out
  /// @throws dev.backstay.model.TimedOutException with code `cluster.wait-timed-out`
  public <T> T await(
      String collectionPath,
      String name,
      Duration atMost,
      Function<Optional<ObjectNode>, Optional<T>> check) {
    return dev.backstay.cluster.Pending.body();
  }

  /// Waits until an object is gone, or is another one than the given uid.
  ///
  /// @param uid null for any
  public void awaitGone(String collectionPath, String name, @Nullable String uid, Duration atMost) {
    dev.backstay.cluster.Pending.body();
  }

  /// Whether the server's certificate is not verified.
  public boolean insecure() {
    return dev.backstay.cluster.Pending.body();
  }

  /// Ends all calls and streams of this connection.
  @Override
  public void close() {}
}
