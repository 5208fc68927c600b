package dev.backstay.sandbox.http;

import dev.backstay.sandbox.api.Operations;
import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `get` and `list`, with selectors and pages.
public final class Reads {

  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int MOST_KEPT = 200;

  /// The rest of a list that somebody reads page by page.
  private record Rest(Instant since, long version, List<ObjectNode> items) {}

  private final Operations operations;
  private final Map<String, Rest> rests = new LinkedHashMap<>();

  public Reads(Operations operations) {
    this.operations = operations;
  }

  /// Every page that is still to be read is gone: the next asks get 410.
  public void expirePages() {
    synchronized (rests) {
      rests.clear();
    }
  }

  void answer(Call call, Response response, Callback callback) throws Refusal {
    Form form = Form.of(call);
    if (call.name().isEmpty()) {
      Answer.json(response, callback, 200, form.list(call.resource(), page(call)));
    } else if (call.subresource().equals("log")) {
      operations.get(call.resource(), call.namespace(), call.name());
      Answer.text(response, callback, 200, "");
    } else {
      ObjectNode object = operations.get(call.resource(), call.namespace(), call.name());
      if (call.subresource().equals("scale")) {
        Answer.json(response, callback, 200, Scales.of(object));
      } else {
        Answer.json(response, callback, 200, form.one(call.resource(), object));
      }
    }
  }

  /// The list as it is stored: `items`, `metadata`.
  private ObjectNode page(Call call) throws Refusal {
    int limit = limit(call);
    String token = call.param("continue");
    Rest all = token.isEmpty() ? everything(call) : take(token);
    ObjectNode result = Json.object();
    ObjectNode metadata = result.putObject("metadata");
    metadata.put("resourceVersion", Long.toString(all.version()));
    int end = limit == 0 ? all.items().size() : Math.min(limit, all.items().size());
    if (end < all.items().size()) {
      List<ObjectNode> left = all.items().subList(end, all.items().size());
      metadata.put("continue", keep(new Rest(all.since(), all.version(), left)));
      if (call.param("labelSelector").isEmpty() && call.param("fieldSelector").isEmpty()) {
        metadata.put("remainingItemCount", left.size());
      }
    }
    ArrayNode items = result.putArray("items");
    all.items().subList(0, end).forEach(items::add);
    return result;
  }

  private Rest everything(Call call) throws Refusal {
    Predicate<JsonNode> wanted = selector(call);
    operations.state().lock().lock();
    try {
      List<ObjectNode> items =
          operations.state().list(call.resource(), call.namespace()).stream()
              .filter(wanted)
              .toList();
      return new Rest(operations.clock().instant(), operations.state().version(), items);
    } finally {
      operations.state().lock().unlock();
    }
  }

  static Predicate<JsonNode> selector(Call call) throws Refusal {
    Resource resource = call.resource();
    return Selector.labels(call.param("labelSelector"))
        .and(Selector.fields(resource, call.param("fieldSelector")));
  }

  private static int limit(Call call) throws Refusal {
    String text = call.param("limit");
    try {
      return text.isEmpty() ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
    }
  }

  private String keep(Rest rest) {
    String token = operations.randomText(24);
    synchronized (rests) {
      rests.put(token, rest);
      if (rests.size() > MOST_KEPT) {
        rests.remove(rests.keySet().iterator().next());
      }
    }
    return token;
  }

  /// A token can be used again, as on a real server.
  private Rest take(String token) throws Refusal {
    Rest rest;
    synchronized (rests) {
      rest = rests.get(token);
    }
    if (rest == null || rest.since().plus(KEPT).isBefore(operations.clock().instant())) {
      throw Refusal.expired(
          "The provided continue parameter is too old to display a consistent list result. You"
              + " must start a new list without the continue parameter.");
    }
    return rest;
  }
}
