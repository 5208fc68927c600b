package dev.backstay.cluster.inventory;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.Listing;
import dev.backstay.model.NamespaceInfo;
import dev.backstay.model.NamespaceInfo.NamespaceOrigin;
import dev.backstay.model.NotFoundException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Namespaces, also for those who may not list them: Kubernetes has no list of what one may see
/// (kubernetes#58262), so the context's namespace and the ones the user named stand in.
final class Namespaces {

  private final ClusterConnection connection;

  Namespaces(ClusterConnection connection) {
    this.connection = connection;
  }

  Listing<NamespaceInfo> list(List<String> pinned) {
    try {
      List<NamespaceInfo> all = new ArrayList<>();
      connection
          .list(Kind.NAMESPACE.path(), Query.NONE)
          .forEachRemaining(o -> all.add(info(o, NamespaceOrigin.LISTED)));
      return new Listing<>(all, List.of());
    } catch (ForbiddenException e) {
      return known(pinned, e);
    }
  }

  private Listing<NamespaceInfo> known(List<String> pinned, EngineException why) {
    Map<String, NamespaceOrigin> names = new LinkedHashMap<>();
    names.put(connection.defaultNamespace(), NamespaceOrigin.CONTEXT);
    pinned.forEach(name -> names.putIfAbsent(name, NamespaceOrigin.PINNED));
    List<NamespaceInfo> found = new ArrayList<>();
    names.forEach((name, origin) -> one(name, origin).ifPresent(found::add));
    return new Listing<>(found, List.of(ItemFailure.of("namespaces", why)));
  }

  /// Empty only if the cluster says that there is none.
  private Optional<NamespaceInfo> one(String name, NamespaceOrigin origin) {
    try {
      return Optional.of(info(connection.get(Kind.NAMESPACE.path("", name)), origin));
    } catch (ForbiddenException e) {
      return Optional.of(new NamespaceInfo(name, "Unknown", null, origin));
    } catch (NotFoundException e) {
      return Optional.empty();
    }
  }

  private static NamespaceInfo info(JsonNode object, NamespaceOrigin origin) {
    JsonNode metadata = object.path("metadata");
    return new NamespaceInfo(
        metadata.path("name").asString(""),
        object.path("status").path("phase").asString("Unknown"),
        Reading.time(metadata.path("creationTimestamp")),
        origin);
  }
}
