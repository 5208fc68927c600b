package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The little of OpenAPI that kubectl looks for: that the server validates fields and knows dry
/// runs. There are no schemas, so kubectl falls back on its own.
final class OpenApi {

  private final Resources resources;

  OpenApi(Resources resources) {
    this.resources = resources;
  }

  ObjectNode version2() {
    ObjectNode result = Json.object().put("swagger", "2.0");
    result.putObject("info").put("title", "Kubernetes").put("version", "v1.34.4");
    result.putObject("paths");
    result.putObject("definitions");
    return result;
  }

  ObjectNode index() {
    ObjectNode result = Json.object();
    ObjectNode paths = result.putObject("paths");
    for (Resource resource : resources.all()) {
      String path = path(resource);
      paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
    }
    return result;
  }

  ObjectNode document(String path) throws Refusal {
    List<Resource> of = resources.all().stream().filter(r -> path(r).equals(path)).toList();
    if (of.isEmpty()) {
      throw Refusal.noSuchPath();
    }
    ObjectNode result = Json.object().put("openapi", "3.0.0");
    result.putObject("info").put("title", "Kubernetes").put("version", "v1.34.4");
    ObjectNode paths = result.putObject("paths");
    for (Resource resource : of) {
      String scope = resource.namespaced() ? "/namespaces/{namespace}/" : "/";
      ObjectNode item = paths.putObject("/" + path + scope + resource.plural() + "/{name}");
      operation(item.putObject("patch"), resource, "patch");
      operation(item.putObject("put"), resource, "put");
    }
    result.putObject("components").putObject("schemas");
    return result;
  }

  private static void operation(ObjectNode operation, Resource resource, String action) {
    operation.put("x-kubernetes-action", action);
    ObjectNode kind = operation.putObject("x-kubernetes-group-version-kind");
    kind.put("group", resource.group()).put("version", resource.version());
    kind.put("kind", resource.kind());
    ArrayNode parameters = operation.putArray("parameters");
    for (String name : List.of("dryRun", "fieldManager", "fieldValidation", "force")) {
      ObjectNode parameter = parameters.addObject().put("name", name).put("in", "query");
      parameter.putObject("schema").put("type", "string");
    }
    operation.putObject("responses");
  }

  private static String path(Resource resource) {
    return resource.group().isEmpty() ? "api/v1" : "apis/" + resource.apiVersion();
  }
}
