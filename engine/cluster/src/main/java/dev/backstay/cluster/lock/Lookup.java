package dev.backstay.cluster.lock;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Looks at the cluster before a request of a back-up is let out: whose is what it would change?
@FunctionalInterface
public interface Lookup {

  /// @param path an API path, escaped
  /// @return empty if there is no such object
  /// @throws RuntimeException if it cannot be looked at; the request is not sent then
  Optional<JsonNode> find(String path);
}
