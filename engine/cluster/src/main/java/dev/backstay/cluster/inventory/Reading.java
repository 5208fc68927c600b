package dev.backstay.cluster.inventory;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists kinds and notes which of them may not be read.
final class Reading {

  private final ClusterConnection connection;
  private final List<ItemFailure> warnings = new ArrayList<>();

  Reading(ClusterConnection connection) {
    this.connection = connection;
  }

  List<ItemFailure> warnings() {
    return warnings;
  }

  /// @param namespace empty for all namespaces or a cluster-scoped kind
  /// @return false if the kind may not be read or is not there; that is then a warning
  boolean each(ResourceType type, String namespace, Consumer<ObjectNode> take) {
    String path = namespace.isEmpty() ? type.path() : type.path(namespace);
    try {
      connection.list(path, Query.NONE).forEachRemaining(take);
      return true;
    } catch (ForbiddenException | NotFoundException e) {
      warn(type.qualifiedPlural(), e);
      return false;
    }
  }

  /// One object, empty if it is not there or may not be read.
  Optional<ObjectNode> one(ResourceType type, String name) {
    try {
      return Optional.of(connection.get(type.path("", name)));
    } catch (ForbiddenException | NotFoundException e) {
      return Optional.empty();
    }
  }

  void warn(String item, EngineException error) {
    warnings.add(ItemFailure.of(item, error));
  }

  static @Nullable Instant time(JsonNode text) {
    try {
      return text.isString() ? Instant.parse(text.stringValue()) : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
