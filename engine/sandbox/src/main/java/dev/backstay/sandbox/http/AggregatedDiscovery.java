package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Discovery in one document (`apidiscovery.k8s.io/v2`).
final class AggregatedDiscovery {

  private final Resources resources;

  AggregatedDiscovery(Resources resources) {
    this.resources = resources;
  }

  ObjectNode document(boolean core) {
    List<Resource> all = resources.all();
    ObjectNode result = Json.object().put("kind", "APIGroupDiscoveryList");
    result.put("apiVersion", "apidiscovery.k8s.io/v2").putObject("metadata");
    ArrayNode items = result.putArray("items");
    if (core) {
      addGroup(items, "", all);
    } else {
      Discovery.groupNames(all).forEach(group -> addGroup(items, group, all));
    }
    return result;
  }

  private static void addGroup(ArrayNode items, String group, List<Resource> all) {
    ObjectNode item = items.addObject();
    ObjectNode metadata = item.putObject("metadata");
    if (!group.isEmpty()) {
      metadata.put("name", group);
    }
    ArrayNode versions = item.putArray("versions");
    for (String version : Discovery.versions(all, group)) {
      ObjectNode entry = versions.addObject().put("version", version);
      ArrayNode list = entry.putArray("resources");
      all.stream()
          .filter(r -> r.group().equals(group) && r.version().equals(version))
          .forEach(resource -> add(list, resource));
      entry.put("freshness", "Current");
    }
  }

  private static void add(ArrayNode list, Resource resource) {
    ObjectNode entry = list.addObject().put("resource", resource.plural());
    responseKind(entry, resource.group(), resource.version(), resource.kind());
    entry.put("scope", resource.namespaced() ? "Namespaced" : "Cluster");
    entry.put("singularResource", resource.singular());
    resource.verbs().forEach(Json.list(entry, "verbs")::add);
    resource.shortNames().forEach(name -> Json.list(entry, "shortNames").add(name));
    resource.categories().forEach(name -> Json.list(entry, "categories").add(name));
    for (Resource.Subresource sub : resource.subresources()) {
      ObjectNode below = Json.list(entry, "subresources").addObject();
      below.put("subresource", sub.name());
      String own = sub.groupVersion();
      int slash = own.indexOf('/');
      responseKind(
          below,
          own.isEmpty() ? resource.group() : own.substring(0, Math.max(0, slash)),
          own.isEmpty() ? resource.version() : own.substring(slash + 1),
          sub.kind());
      sub.verbs().forEach(Json.list(below, "verbs")::add);
    }
  }

  private static void responseKind(ObjectNode entry, String group, String version, String kind) {
    ObjectNode response = entry.putObject("responseKind").put("group", group);
    response.put("version", version).put("kind", kind);
  }
}
