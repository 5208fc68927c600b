package dev.backstay.sandbox.http;

import dev.backstay.sandbox.api.Operations;
import dev.backstay.sandbox.state.Change;
import dev.backstay.sandbox.state.Disturbance;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.State;
import dev.backstay.sandbox.state.Watch;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Watches: one JSON object a line, as long as the client stays.
public final class Watching {

  private static final Duration BETWEEN_BOOKMARKS = Duration.ofSeconds(20);
  private static final long LOOK_EVERY_MILLIS = 500;

  private final Operations operations;
  private final Disturbance disturbance;

  public Watching(Operations operations, Disturbance disturbance) {
    this.operations = operations;
    this.disturbance = disturbance;
  }

  /// What a stream needs to know all along.
  private record Stream(
      Call call, Form form, Predicate<JsonNode> wanted, OutputStream out, boolean bookmarks) {

    void send(String type, JsonNode object) throws IOException {
      ObjectNode event = Json.object().put("type", type);
      event.set("object", object);
      out.write(Json.bytes(event));
      out.write('\n');
      out.flush();
    }

    void bookmark(long version, boolean endOfInitial) throws IOException {
      ObjectNode object = Json.object().put("kind", call.resource().kind());
      object.put("apiVersion", call.resource().apiVersion());
      ObjectNode metadata = object.putObject("metadata");
      metadata.put("resourceVersion", Long.toString(version));
      if (endOfInitial) {
        metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
      }
      send("BOOKMARK", form == Form.TABLE ? form.one(call.resource(), object) : object);
    }
  }

  void stream(Call call, Response response, Callback callback) throws Refusal {
    Predicate<JsonNode> wanted = Reads.selector(call);
    if (!call.namespace().isEmpty()) {
      wanted = wanted.and(object -> Json.namespace(object).equals(call.namespace()));
    }
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache, private");
    OutputStream out = Content.Sink.asOutputStream(response);
    Stream stream = new Stream(call, Form.of(call), wanted, out, call.flag("allowWatchBookmarks"));
    EndPoint connection = call.request().getConnectionMetaData().getConnection().getEndPoint();
    Runnable closer = connection::close;
    disturbance.watchOpened(closer);
    try {
      follow(stream);
      out.close();
      callback.succeeded();
    } catch (IOException e) {
      callback.failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      callback.failed(e);
    } finally {
      disturbance.watchClosed(closer);
    }
  }

  private void follow(Stream stream) throws IOException, InterruptedException {
    String from = stream.call().param("resourceVersion");
    boolean initial = from.isEmpty() || from.equals("0") || stream.call().flag("sendInitialEvents");
    State state = operations.state();
    List<ObjectNode> present = List.of();
    long version;
    Watch watch;
    state.lock().lock();
    try {
      version = initial ? state.version() : Long.parseLong(from);
      watch = state.watch(version);
      if (initial) {
        present = state.list(stream.call().resource(), stream.call().namespace());
      }
    } catch (Refusal refusal) {
      stream.send("ERROR", refusal.status());
      return;
    } catch (NumberFormatException e) {
      stream.send("ERROR", Refusal.badRequest("invalid resourceVersion").status());
      return;
    } finally {
      state.lock().unlock();
    }
    try (watch) {
      stream.out().flush();
      for (ObjectNode object : present) {
        if (stream.wanted().test(object)) {
          stream.send("ADDED", stream.form().one(stream.call().resource(), object));
        }
      }
      if (stream.call().flag("sendInitialEvents") && stream.bookmarks()) {
        stream.bookmark(version, true);
      }
      pump(stream, watch, version);
    }
  }

  private void pump(Stream stream, Watch watch, long start)
      throws IOException, InterruptedException {
    Instant end = end(stream.call());
    Instant nextBookmark = operations.clock().instant().plus(BETWEEN_BOOKMARKS);
    long version = start;
    while (operations.clock().instant().isBefore(end)) {
      Optional<Change> change = watch.next(LOOK_EVERY_MILLIS);
      disturbance.awaitThaw();
      if (change.isPresent()) {
        version = change.get().version();
        pass(stream, change.get());
      }
      if (operations.clock().instant().isAfter(nextBookmark)) {
        nextBookmark = operations.clock().instant().plus(BETWEEN_BOOKMARKS);
        if (stream.bookmarks()) {
          stream.bookmark(version, false);
        }
      }
      if (!stream.call().request().getConnectionMetaData().getConnection().getEndPoint().isOpen()) {
        throw new IOException("the client is gone");
      }
    }
  }

  private Instant end(Call call) {
    String seconds = call.param("timeoutSeconds");
    return operations
        .clock()
        .instant()
        .plusSeconds(seconds.isEmpty() ? 1800 : Long.parseLong(seconds));
  }

  /// What enters the selection is added, what leaves it is deleted.
  private static void pass(Stream stream, Change change) throws IOException {
    if (!change.resource().storage().equals(stream.call().resource().storage())) {
      return;
    }
    ObjectNode before = change.before();
    boolean was = before != null && stream.wanted().test(before);
    boolean is = change.type() != Change.Type.DELETED && stream.wanted().test(change.object());
    if (!was && !is) {
      return;
    }
    String type = is ? (was ? "MODIFIED" : "ADDED") : "DELETED";
    stream.send(type, stream.form().one(stream.call().resource(), change.object()));
  }
}
