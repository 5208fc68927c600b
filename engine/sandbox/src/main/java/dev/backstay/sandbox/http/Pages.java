package dev.backstay.sandbox.http;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resources;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.node.ObjectNode;

/// What is no resource: version, health, discovery, OpenAPI. Everybody may read it.
final class Pages {

  private static final String AGGREGATED =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

  private final Discovery discovery;
  private final AggregatedDiscovery aggregated;
  private final OpenApi openApi;

  Pages(Resources resources) {
    this.discovery = new Discovery(resources);
    this.aggregated = new AggregatedDiscovery(resources);
    this.openApi = new OpenApi(resources);
  }

  boolean serve(Request request, List<String> steps, Response response, Callback callback)
      throws Refusal {
    String first = steps.isEmpty() ? "" : steps.getFirst();
    switch (first) {
      case "version" -> Answer.json(response, callback, 200, version());
      case "healthz", "livez", "readyz" -> Answer.text(response, callback, 200, "ok");
      case "openapi" -> openApi(request, steps, response, callback);
      case "api" -> {
        return steps.size() <= 2 && discover(request, steps, response, callback);
      }
      case "apis" -> {
        return steps.size() <= 3 && discover(request, steps, response, callback);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean discover(
      Request request, List<String> steps, Response response, Callback callback) throws Refusal {
    boolean core = steps.getFirst().equals("api");
    if (steps.size() == 1 && wantsAggregated(request)) {
      byte[] body = Json.bytes(aggregated.document(core));
      response.getHeaders().put(HttpHeader.VARY, "Accept");
      response.getHeaders().put(HttpHeader.ETAG, "\"" + digest(body) + "\"");
      Answer.bytes(response, callback, 200, AGGREGATED, body);
      return true;
    }
    ObjectNode body =
        switch (steps.size()) {
          case 1 -> core ? discovery.coreVersions() : discovery.groups();
          case 2 -> core ? discovery.resources("", steps.get(1)) : discovery.group(steps.get(1));
          default -> discovery.resources(steps.get(1), steps.get(2));
        };
    Answer.json(response, callback, 200, body);
    return true;
  }

  private static boolean wantsAggregated(Request request) {
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    return accept != null && accept.contains("as=APIGroupDiscoveryList") && accept.contains("v=v2");
  }

  private void openApi(Request request, List<String> steps, Response response, Callback callback)
      throws Refusal {
    String accept = request.getHeaders().get(HttpHeader.ACCEPT);
    if (steps.size() > 1 && steps.get(1).equals("v2")) {
      if (accept != null && accept.contains("proto-openapi")) {
        // A protobuf message without a field is empty, and an empty document is a valid one.
        String type = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";
        Answer.bytes(response, callback, 200, type, new byte[0]);
      } else {
        Answer.json(response, callback, 200, openApi.version2());
      }
    } else if (steps.size() == 2) {
      Answer.json(response, callback, 200, openApi.index());
    } else {
      String path = String.join("/", steps.subList(2, steps.size()));
      Answer.json(response, callback, 200, openApi.document(path));
    }
  }

  private static ObjectNode version() {
    ObjectNode version = Json.object().put("major", "1").put("minor", "34");
    version.put("gitVersion", "v1.34.4+sandbox").put("gitCommit", "").put("gitTreeState", "");
    version.put("buildDate", "1970-01-01T00:00:00Z").put("goVersion", "").put("compiler", "javac");
    return version.put("platform", "sandbox/any");
  }

  private static String digest(byte[] body) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      return Integer.toString(new String(body, StandardCharsets.UTF_8).hashCode());
    }
  }
}
