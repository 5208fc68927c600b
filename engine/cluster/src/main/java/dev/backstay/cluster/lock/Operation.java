package dev.backstay.cluster.lock;

import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// One request, as the rules see it.
///
/// @param method `GET`, in capitals
/// @param path the escaped path as it is sent, for looking at the object itself
/// @param target what the path means
/// @param query the parameters in order, unescaped
/// @param body reads the JSON body; a missing node if there is none or it is no JSON
public record Operation(
    String method,
    String path,
    Target target,
    List<Parameter> query,
    Supplier<? extends JsonNode> body) {

  /// One parameter.
  public record Parameter(String name, String value) {}

  public Operation {
    query = List.copyOf(query);
  }

  /// All values of a parameter, in order.
  List<String> values(String parameter) {
    return query.stream()
        .filter(one -> one.name().equals(parameter))
        .map(Parameter::value)
        .toList();
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
