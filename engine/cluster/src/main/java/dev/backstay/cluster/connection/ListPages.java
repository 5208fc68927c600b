package dev.backstay.cluster.connection;

import dev.backstay.model.ConflictException;
import dev.backstay.model.UnreachableException;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Walks through a collection page by page. A page is kept as the bytes that came, at most
/// [#LARGEST_PAGE] of them: when objects are large, fewer are asked for at a time. Objects become
/// trees one at a time.
final class ListPages implements Iterator<ObjectNode> {

  static final int PAGE = 500;
  static final long LARGEST_PAGE = 8 << 20;
  private static final long LARGEST_OBJECT = 64 << 20;

  /// Fetches one page.
  interface Source {
    <T> T fetch(Query query, Calls.Reader<T> reader);
  }

  private final Source source;
  private final Query query;
  private int limit = PAGE;
  private String more = "";
  private String resourceVersion = "";
  private String apiVersion = "";
  private String kind = "";
  private @Nullable JsonParser page;
  private boolean inItems;
  private @Nullable ObjectNode next;
  private boolean ended;

  ListPages(Source source, Query query) {
    this.source = source;
    this.query = query;
  }

  @Override
  public boolean hasNext() {
    while (next == null && !ended) {
      advance();
    }
    return next != null;
  }

  @Override
  public ObjectNode next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    ObjectNode result = next;
    next = null;
    return result;
  }

  /// The version of the state that was listed, as far as it has been read; a watch goes on there.
  String resourceVersion() {
    return resourceVersion;
  }

  private void advance() {
    try {
      JsonParser parser = page == null ? open() : page;
      page = parser;
      next = read(parser);
      if (next == null) {
        parser.close();
        page = null;
        ended = more.isEmpty();
      }
    } catch (JacksonException e) {
      throw new UnreachableException(
          "cluster.not-an-api",
          "the server answered something that is no list",
          "check the server's URL; a proxy in front of it may want a login",
          e);
    }
  }

  private JsonParser open() {
    byte[] bytes = fetch();
    more = "";
    inItems = false;
    return Json.MAPPER.createParser(bytes);
  }

  private byte[] fetch() {
    while (true) {
      Query wanted = query.and("limit", Integer.toString(limit));
      Query page = more.isEmpty() ? wanted : wanted.and("continue", more);
      Optional<byte[]> bytes = source.fetch(page, new PageReader());
      if (bytes.isPresent()) {
        return bytes.get();
      }
    }
  }

  private final class PageReader implements Calls.Reader<Optional<byte[]>> {
    @Override
    public boolean accepts(int code) {
      return (code == 410 && !more.isEmpty()) || Calls.Reader.super.accepts(code);
    }

    @Override
    public Optional<byte[]> read(Response response) throws IOException {
      return response.code() == 410 ? expired(response) : body(response);
    }
  }

  /// Where we were has been compacted away. The answer has a token with which the list goes on from
  /// the newest state (kubernetes.io/docs/reference/using-api/api-concepts, "410 Gone").
  private Optional<byte[]> expired(Response response) throws IOException {
    more =
        Json.MAPPER
            .readTree(response.body().bytes())
            .path("metadata")
            .path("continue")
            .asString("");
    if (more.isEmpty()) {
      throw new CarriedException(
          new ConflictException(
              "cluster.gone", "the server forgot how far the list was read", "try again"));
    }
    return Optional.empty();
  }

  /// @return empty if the page is too large and asking for less may help
  private Optional<byte[]> body(Response response) throws IOException {
    BufferedSource body = response.body().source();
    long most = limit == 1 ? LARGEST_OBJECT : LARGEST_PAGE;
    if (body.request(most + 1)) {
      if (limit == 1) {
        throw new IOException("an object is larger than " + (LARGEST_OBJECT >> 20) + " MiB");
      }
      limit = Math.max(1, limit / 8);
      return Optional.empty();
    }
    return Optional.of(body.readByteArray());
  }

  /// @return null at the end of the page
  private @Nullable ObjectNode read(JsonParser parser) {
    while (true) {
      JsonToken token = parser.nextToken();
      if (token == null) {
        return null;
      }
      if (inItems) {
        if (token == JsonToken.END_ARRAY) {
          inItems = false;
        } else {
          return typed(parser.readValueAsTree());
        }
      } else if (token == JsonToken.PROPERTY_NAME) {
        header(parser, String.valueOf(parser.currentName()));
      }
    }
  }

  private void header(JsonParser parser, String name) {
    JsonToken value = parser.nextToken();
    switch (name) {
      case "apiVersion" -> apiVersion = parser.getString();
      case "kind" -> kind = parser.getString().replaceFirst("List$", "");
      case "metadata" -> {
        JsonNode metadata = parser.readValueAsTree();
        more = metadata.path("continue").asString("");
        resourceVersion = metadata.path("resourceVersion").asString(resourceVersion);
      }
      case "items" -> inItems = value == JsonToken.START_ARRAY;
      default -> parser.skipChildren();
    }
  }

  /// Items of a list do not repeat what they are.
  private ObjectNode typed(JsonNode item) {
    ObjectNode object = Json.object();
    object.put("apiVersion", item.path("apiVersion").asString(apiVersion));
    object.put("kind", item.path("kind").asString(kind));
    item.properties().stream()
        .filter(p -> !p.getKey().equals("apiVersion") && !p.getKey().equals("kind"))
        .forEach(p -> object.set(p.getKey(), p.getValue()));
    return object;
  }
}
