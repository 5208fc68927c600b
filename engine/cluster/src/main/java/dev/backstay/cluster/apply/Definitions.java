package dev.backstay.cluster.apply;

import dev.backstay.cluster.apply.clean.ObjectFields;
import dev.backstay.cluster.apply.ready.Poll;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.TimedOutException;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Waits for custom resource definitions.
final class Definitions {

  private static final Duration SERVED = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(200);
  private static final ResourceType TYPE =
      ResourceType.clusterScoped(
          "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

  private final ClusterConnection connection;
  private final CancelToken cancel;

  Definitions(ClusterConnection connection, CancelToken cancel) {
    this.connection = connection;
    this.cancel = cancel;
  }

  /// Until it is established, and its objects can be asked for.
  void awaitServed(String name, ObjectNode definition) {
    await(name, () -> connection.find(TYPE.path("", name)).filter(Definitions::established));
    String group = ObjectFields.text(definition, "spec", "group");
    String plural = ObjectFields.text(definition, "spec", "names", "plural");
    for (ObjectNode version : ObjectFields.objects(definition, "spec", "versions")) {
      if (ObjectFields.isTrue(version, "served")) {
        ResourceType type =
            ResourceType.clusterScoped(group, ObjectFields.text(version, "name"), plural, "");
        await(name, () -> served(type));
      }
    }
  }

  private <T> void await(String name, java.util.function.Supplier<Optional<T>> question) {
    Optional<T> answer = Poll.until(SERVED, PAUSE, cancel, question);
    if (answer.isEmpty()) {
      throw new TimedOutException(
          "restore.definition-not-served",
          "the definition " + name + " was created, but its objects are not served yet",
          "look at its conditions and restore again");
    }
  }

  private static boolean established(ObjectNode definition) {
    return ObjectFields.objects(definition, "status", "conditions").stream()
        .filter(c -> ObjectFields.text(c, "type").equals("Established"))
        .anyMatch(c -> ObjectFields.text(c, "status").equals("True"));
  }

  private Optional<Boolean> served(ResourceType type) {
    try {
      connection.page(type.path(), Query.NONE, 1);
      return Optional.of(true);
    } catch (NotFoundException e) {
      return Optional.empty();
    } catch (CancelledException e) {
      throw e;
    } catch (EngineException e) {
      return Optional.of(true); // forbidden or overloaded: served it is
    }
  }
}
