package dev.backstay.cluster.connection;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.EngineException;
import dev.backstay.model.UnreachableException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A watch that is read by the thread that asks for the next event. Streams end: servers close them
/// after minutes, load balancers sooner; each end is taken up from the last resourceVersion seen.
final class WatchStream implements Watch {

  private static final int MOST_FAILURES = 6;
  private static final Duration STREAM = Duration.ofMinutes(5);

  private final ClusterConnection connection;
  private final Calls calls;
  private final Transport transport;
  private final CancelToken cancel;
  private final String path;
  private final Query query;
  private final Queue<WatchEvent> pending = new ArrayDeque<>();
  private @Nullable String version;
  private int failures;
  private @Nullable Call call;
  private @Nullable Response response;
  private volatile boolean closed;

  WatchStream(
      ClusterConnection connection,
      Calls calls,
      Transport transport,
      CancelToken cancel,
      String path,
      Query query,
      @Nullable String version) {
    this.connection = connection;
    this.calls = calls;
    this.transport = transport;
    this.cancel = cancel;
    this.path = path;
    this.query = query;
    this.version = version;
  }

  @Override
  public WatchEvent next() {
    return next(Duration.ofDays(365)).orElseThrow();
  }

  /// @return empty when the time is over
  Optional<WatchEvent> next(Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (true) {
      cancel.checkpoint();
      if (closed) {
        throw new UnreachableException("cluster.watch-closed", "the watch was closed", "");
      }
      if (!pending.isEmpty()) {
        return Optional.of(pending.remove());
      }
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative() || left.isZero()) {
        return Optional.empty();
      }
      step(left);
    }
  }

  /// The next event if it has been received already.
  Optional<WatchEvent> received() {
    return Optional.ofNullable(pending.poll());
  }

  /// Brings in at least one event, or the end of a stream.
  private void step(Duration left) {
    if (version == null) {
      relist();
      return;
    }
    long begun = calls.silence().now();
    try (var _ = cancel.onCancel(this::abort)) {
      BufferedSource source = source(left);
      String line = source == null ? null : source.readUtf8Line();
      calls.silence().heard();
      if (line == null) {
        endStream();
      } else if (!line.isBlank()) {
        take(Json.MAPPER.readTree(line));
      }
    } catch (IOException | JacksonException e) {
      endStream();
      cancel.checkpoint();
      if (e instanceof InterruptedIOException) {
        calls.silence().unanswered(begun); // the server had been told to end it sooner
      } else {
        failed(e instanceof IOException io ? calls.breakage().of(io) : garbled(e));
      }
    }
  }

  private static UnreachableException garbled(Exception e) {
    return new UnreachableException(
        "cluster.not-an-api", "the server sent something else than events", "try again later", e);
  }

  private void failed(EngineException error) {
    failures++;
    if (!error.retryable() || failures >= MOST_FAILURES || closed) {
      throw error;
    }
    Pause.of(calls.backoff(failures + 1), cancel);
  }

  private @Nullable BufferedSource source(Duration left) throws IOException {
    Response open = response;
    if (open == null) {
      open = open(left);
      response = open;
    }
    if (open.isSuccessful()) {
      return open.body().source();
    }
    EngineException refused = Refusal.of(calls.context(), "watch", path, open);
    endStream();
    if (refused instanceof ConflictException && refused.code().equals("cluster.gone")) {
      version = null;
    } else {
      failed(refused);
    }
    return null;
  }

  private Response open(Duration left) throws IOException {
    Duration time = left.compareTo(STREAM) < 0 ? left.plusSeconds(1) : STREAM;
    Query watch =
        query
            .and("watch", "true")
            .and("allowWatchBookmarks", "true")
            .and("resourceVersion", String.valueOf(version))
            .and("timeoutSeconds", Long.toString(Math.max(1, time.toSeconds())));
    Request request = connection.request(path, watch).build();
    Call started =
        transport
            .watching()
            .newBuilder()
            .readTimeout(time.plusSeconds(10))
            .build()
            .newCall(request);
    call = started;
    return started.execute();
  }

  private void take(JsonNode event) {
    JsonNode object = event.path("object");
    switch (event.path("type").asString("")) {
      case "ADDED" -> add(WatchEvent.Type.ADDED, object);
      case "MODIFIED" -> add(WatchEvent.Type.MODIFIED, object);
      case "DELETED" -> add(WatchEvent.Type.DELETED, object);
      case "BOOKMARK" -> remember(object);
      case "ERROR" -> error(object);
      default -> throw garbled(new IOException("unknown event type"));
    }
  }

  private void add(WatchEvent.Type type, JsonNode object) {
    failures = 0;
    remember(object);
    if (object instanceof ObjectNode whole) {
      pending.add(new WatchEvent(type, whole));
    }
  }

  private void remember(JsonNode object) {
    String seen = object.path("metadata").path("resourceVersion").asString("");
    if (!seen.isEmpty()) {
      version = seen;
    }
  }

  private void error(JsonNode status) {
    endStream();
    if (status.path("code").asInt(0) == 410) {
      version = null;
    } else {
      failed(Refusal.of(calls.context(), "watch", path, status));
    }
  }

  /// A list whose objects fit on one page as a rule; the version of its last page is where the
  /// watch goes on.
  private void relist() {
    pending.add(new WatchEvent(WatchEvent.Type.RELISTED, Json.object()));
    ListPages pages = connection.pages(path, query);
    pages.forEachRemaining(object -> pending.add(new WatchEvent(WatchEvent.Type.ADDED, object)));
    version = pages.resourceVersion();
  }

  private void endStream() {
    Response open = response;
    if (open != null) {
      open.close();
    }
    response = null;
    call = null;
  }

  private void abort() {
    Call running = call;
    if (running != null) {
      running.cancel();
    }
  }

  @Override
  public void close() {
    closed = true;
    abort();
    endStream(); // after abort() nothing of the stream is read any more
  }
}
