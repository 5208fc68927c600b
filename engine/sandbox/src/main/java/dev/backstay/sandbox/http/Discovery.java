package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Discovery as it always was: one document for the groups, one for each group version.
final class Discovery {

  private final Resources resources;

  Discovery(Resources resources) {
    this.resources = resources;
  }

  ObjectNode coreVersions() {
    ObjectNode result = Json.object().put("kind", "APIVersions");
    result.putArray("versions").add("v1");
    result.putArray("serverAddressByClientCIDRs");
    return result;
  }

  ObjectNode groups() {
    ObjectNode result = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    ArrayNode groups = result.putArray("groups");
    groupNames(resources.all()).forEach(name -> groups.add(describe(name)));
    return result;
  }

  ObjectNode group(String name) throws Refusal {
    if (!groupNames(resources.all()).contains(name)) {
      throw Refusal.noSuchPath();
    }
    ObjectNode group = describe(name);
    return Json.object().put("kind", "APIGroup").put("apiVersion", "v1").setAll(group);
  }

  private ObjectNode describe(String name) {
    ObjectNode group = Json.object().put("name", name);
    ArrayNode versions = group.putArray("versions");
    versions(resources.all(), name).forEach(version -> put(versions.addObject(), name, version));
    group.set("preferredVersion", versions.get(0).deepCopy());
    return group;
  }

  private static void put(ObjectNode entry, String group, String version) {
    entry.put("groupVersion", group + "/" + version).put("version", version);
  }

  static Set<String> groupNames(Collection<Resource> all) {
    Set<String> names = new LinkedHashSet<>();
    all.stream().map(Resource::group).filter(g -> !g.isEmpty()).forEach(names::add);
    return names;
  }

  static List<String> versions(Collection<Resource> all, String group) {
    return all.stream()
        .filter(r -> r.group().equals(group))
        .map(Resource::version)
        .distinct()
        .toList();
  }

  ObjectNode resources(String group, String version) throws Refusal {
    List<Resource> of =
        resources.all().stream()
            .filter(r -> r.group().equals(group) && r.version().equals(version))
            .toList();
    if (of.isEmpty()) {
      throw Refusal.noSuchPath();
    }
    ObjectNode result = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    result.put("groupVersion", of.getFirst().apiVersion());
    ArrayNode list = result.putArray("resources");
    of.forEach(resource -> add(list, resource));
    return result;
  }

  private static void add(ArrayNode list, Resource resource) {
    ObjectNode entry = list.addObject().put("name", resource.plural());
    entry.put("singularName", resource.singular()).put("namespaced", resource.namespaced());
    entry.put("kind", resource.kind());
    resource.verbs().forEach(Json.list(entry, "verbs")::add);
    resource.shortNames().forEach(name -> Json.list(entry, "shortNames").add(name));
    resource.categories().forEach(name -> Json.list(entry, "categories").add(name));
    for (Resource.Subresource sub : resource.subresources()) {
      ObjectNode below = list.addObject().put("name", resource.plural() + "/" + sub.name());
      below.put("singularName", "").put("namespaced", resource.namespaced());
      if (sub.groupVersion().contains("/")) {
        below.put("group", sub.groupVersion().split("/")[0]);
        below.put("version", sub.groupVersion().split("/")[1]);
      }
      below.put("kind", sub.kind());
      sub.verbs().forEach(Json.list(below, "verbs")::add);
    }
  }
}
