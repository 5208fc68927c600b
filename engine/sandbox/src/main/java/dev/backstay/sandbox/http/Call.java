package dev.backstay.sandbox.http;

import dev.backstay.sandbox.access.Attributes;
import dev.backstay.sandbox.access.User;
import dev.backstay.sandbox.state.Refusal;
import dev.backstay.sandbox.state.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/// One request for a resource, taken apart.
///
/// @param namespace empty for cluster-scoped kinds and for all namespaces
/// @param name empty for the whole collection
/// @param subresource empty for the object itself
record Call(
    Request request,
    Fields query,
    User user,
    Resource resource,
    String namespace,
    String name,
    String subresource) {

  private static final int LONGEST_BODY = 8 << 20;

  /// As RBAC has it.
  String verb() {
    boolean all = name.isEmpty();
    return switch (request.getMethod()) {
      case "GET", "HEAD" -> !all ? "get" : isWatch() ? "watch" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> all ? "deletecollection" : "delete";
      default -> request.getMethod().toLowerCase(Locale.ROOT);
    };
  }

  boolean isWatch() {
    return flag("watch") && name.isEmpty();
  }

  String resourceAndSubresource() {
    return subresource.isEmpty() ? resource.plural() : resource.plural() + "/" + subresource;
  }

  Attributes attributes() {
    return new Attributes(
        verb(), resource.group(), resourceAndSubresource(), attributeNamespace(), name);
  }

  /// A request for one namespace object counts as one in that namespace.
  private String attributeNamespace() {
    return resource.storage().equals("namespaces") ? name : namespace;
  }

  String param(String key) {
    String value = query.getValue(key);
    return value == null ? "" : value;
  }

  List<String> params(String key) {
    return List.copyOf(query.getValuesOrEmpty(key));
  }

  boolean flag(String key) {
    return param(key).equals("true") || param(key).equals("1");
  }

  boolean dryRun() {
    return params("dryRun").contains("All");
  }

  String header(HttpHeader header) {
    String value = request.getHeaders().get(header);
    return value == null ? "" : value;
  }

  String accept() {
    return header(HttpHeader.ACCEPT);
  }

  /// Without parameters such as the character set.
  String contentType() {
    return header(HttpHeader.CONTENT_TYPE).split(";")[0].strip();
  }

  byte[] body() throws Refusal {
    try (InputStream in = Content.Source.asInputStream(request)) {
      byte[] body = in.readNBytes(LONGEST_BODY + 1);
      if (body.length > LONGEST_BODY) {
        throw Refusal.of(
            413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728");
      }
      return body;
    } catch (IOException e) {
      throw Refusal.badRequest("the body could not be read: " + e.getMessage());
    }
  }

  /// Who set the fields: the query says, or the program's name.
  String manager() {
    String given = param("fieldManager");
    return given.isEmpty() ? header(HttpHeader.USER_AGENT).split("[/ ]")[0] : given;
  }
}
