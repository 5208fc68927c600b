package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resource;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// In which form the client wants objects: whole, as a table, or their metadata only.
enum Form {
  WHOLE,
  TABLE,
  METADATA;

  static Form of(Call call) {
    String accept = call.accept().split(",")[0];
    if (accept.contains("as=Table")) {
      return TABLE;
    }
    return accept.contains("as=PartialObjectMetadata") ? METADATA : WHOLE;
  }

  ObjectNode one(Resource resource, ObjectNode object) {
    return switch (this) {
      case WHOLE -> served(resource, object);
      case TABLE -> Tables.of(resource, List.of(object), object.path("metadata"));
      case METADATA -> metadataOf(object);
    };
  }

  /// @param page `metadata` and `items` as stored
  ObjectNode list(Resource resource, ObjectNode page) {
    if (this == TABLE) {
      return Tables.of(resource, page.path("items"), page.path("metadata"));
    }
    boolean whole = this == WHOLE;
    ObjectNode result = Json.object();
    result.put("kind", whole ? resource.kind() + "List" : "PartialObjectMetadataList");
    result.put("apiVersion", whole ? resource.apiVersion() : "meta.k8s.io/v1");
    result.set("metadata", page.path("metadata"));
    ArrayNode items = result.putArray("items");
    for (JsonNode item : page.path("items")) {
      items.add(whole ? inList(resource, (ObjectNode) item) : metadataOf((ObjectNode) item));
    }
    return result;
  }

  /// Custom objects are stored once and served under each of their versions.
  private static ObjectNode served(Resource resource, ObjectNode object) {
    if (!resource.custom() || Json.text(object, "apiVersion").equals(resource.apiVersion())) {
      return object;
    }
    ObjectNode result = object.deepCopy();
    return result.put("apiVersion", resource.apiVersion());
  }

  /// Elements of lists of built-in kinds do not say what they are.
  private static ObjectNode inList(Resource resource, ObjectNode object) {
    if (resource.custom()) {
      return served(resource, object);
    }
    ObjectNode result = Json.object().setAll(object);
    result.remove(List.of("kind", "apiVersion"));
    return result;
  }

  private static ObjectNode metadataOf(ObjectNode object) {
    ObjectNode result = Json.object().put("kind", "PartialObjectMetadata");
    result.put("apiVersion", "meta.k8s.io/v1");
    result.set("metadata", object.path("metadata"));
    return result;
  }
}
