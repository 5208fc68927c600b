package dev.backstay.workflow.volumesnapshot;

import dev.backstay.cluster.access.AccessAnswer;
import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.discovery.ResourceType;
import dev.backstay.model.ItemFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The verbs that a plan needs, and which of them the user lacks.
final class Rights {

  private final ClusterConnection connection;
  private final String namespace;
  private final Set<AccessQuestion> denied = new LinkedHashSet<>();

  Rights(ClusterConnection connection, String namespace) {
    this.connection = connection;
    this.namespace = namespace;
  }

  /// Asks the server about several verbs on one kind.
  void ask(ResourceType type, String... verbs) {
    List<AccessQuestion> questions = Stream.of(verbs).map(verb -> question(verb, type)).toList();
    new AccessReview(connection)
        .ask(questions).stream()
            .filter(AccessAnswer::denied)
            .forEach(answer -> denied.add(answer.question()));
  }

  private AccessQuestion question(String verb, ResourceType type) {
    return AccessQuestion.of(verb, type.group(), type.plural(), type.namespaced() ? namespace : "");
  }

  /// Of what was asked.
  boolean may(String verb, ResourceType type) {
    return !denied.contains(question(verb, type));
  }

  /// For the plan, in words.
  List<String> missing() {
    return denied.stream().map(AccessQuestion::toString).toList();
  }

  /// A blocker for each of the verbs that is missing.
  List<ItemFailure> blockers(ResourceType type, String... verbs) {
    List<ItemFailure> blockers = new ArrayList<>();
    for (String verb : verbs) {
      if (!may(verb, type)) {
        blockers.add(
            new ItemFailure(
                type.qualifiedPlural(),
                "volumesnapshot.forbidden",
                "you may not " + question(verb, type),
                "ask for a role that allows it"));
      }
    }
    return blockers;
  }
}
