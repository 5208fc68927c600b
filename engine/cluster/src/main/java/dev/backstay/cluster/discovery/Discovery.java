package dev.backstay.cluster.discovery;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ServedTypes.ServedResource;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.UnauthenticatedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Asks `/api` and `/apis` (KEP-3352, aggregated discovery), and where the server does not know
/// that form, every group by itself.
final class Discovery {

  private static final String ACCEPT =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,"
          + "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,"
          + "application/json";

  private final ClusterConnection connection;
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final List<ItemFailure> warnings = new ArrayList<>();

  private record Found(ResourceType type, List<String> verbs, List<String> versions) {}

  Discovery(ClusterConnection connection) {
    this.connection = connection;
  }

  ServedTypes discover() {
    core(connection.get("/api", Query.NONE, ACCEPT));
    groups(connection.get("/apis", Query.NONE, ACCEPT));
    List<ServedResource> resources =
        found.values().stream()
            .map(f -> new ServedResource(f.type(), f.verbs(), List.copyOf(f.versions())))
            .toList();
    return new ServedTypes(resources, warnings);
  }

  private void core(JsonNode answer) {
    if (aggregated(answer)) {
      answer.path("items").forEach(this::group);
    } else {
      answer.path("versions").forEach(v -> ask("", v.asString(""), "/api/" + v.asString("")));
    }
  }

  private void groups(JsonNode answer) {
    if (aggregated(answer)) {
      answer.path("items").forEach(this::group);
    } else {
      answer.path("groups").forEach(this::askGroup);
    }
  }

  private static boolean aggregated(JsonNode answer) {
    return answer.path("kind").asString("").equals("APIGroupDiscoveryList");
  }

  /// The versions of a group come in the server's order of preference.
  private void group(JsonNode group) {
    String name = group.path("metadata").path("name").asString("");
    for (JsonNode version : group.path("versions")) {
      String text = version.path("version").asString("");
      if (version.path("freshness").asString("").equals("Stale")) {
        warn(name, text, "its server does not answer; what it serves may be missing");
      }
      version.path("resources").forEach(r -> aggregatedResource(name, text, r));
    }
  }

  private void aggregatedResource(String group, String version, JsonNode resource) {
    String kind = resource.path("responseKind").path("kind").asString("");
    boolean namespaced = resource.path("scope").asString("").equals("Namespaced");
    String plural = resource.path("resource").asString("");
    add(new ResourceType(group, version, plural, kind, namespaced), texts(resource.path("verbs")));
  }

  private void askGroup(JsonNode group) {
    String name = group.path("name").asString("");
    String preferred = group.path("preferredVersion").path("version").asString("");
    List<String> versions =
        StreamSupport.stream(group.path("versions").spliterator(), false)
            .map(v -> v.path("version").asString(""))
            .sorted((a, b) -> Boolean.compare(b.equals(preferred), a.equals(preferred)))
            .toList();
    versions.forEach(v -> ask(name, v, "/apis/" + name + "/" + v));
  }

  private void ask(String group, String version, String path) {
    try {
      connection.get(path).path("resources").forEach(r -> plainResource(group, version, r));
    } catch (CancelledException | UnauthenticatedException e) {
      throw e;
    } catch (EngineException e) {
      warn(group, version, String.valueOf(e.getMessage()));
    }
  }

  private void plainResource(String group, String version, JsonNode resource) {
    String plural = resource.path("name").asString("");
    if (plural.contains("/")) {
      return; // a subresource
    }
    String kind = resource.path("kind").asString("");
    boolean namespaced = resource.path("namespaced").asBoolean(false);
    add(new ResourceType(group, version, plural, kind, namespaced), texts(resource.path("verbs")));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(v -> v.asString("")).toList();
  }

  private void add(ResourceType type, List<String> verbs) {
    if (type.plural().isEmpty() || type.kind().isEmpty()) {
      return;
    }
    Found known =
        found.computeIfAbsent(
            type.qualifiedPlural(), ignored -> new Found(type, verbs, new ArrayList<>()));
    known.versions().add(type.version());
  }

  private void warn(String group, String version, String why) {
    String item = group.isEmpty() ? version : group + "/" + version;
    warnings.add(
        new ItemFailure(
            item,
            "cluster.discovery",
            "the API " + item + " could not be asked: " + why,
            "see 'kubectl get apiservices'"));
  }
}
