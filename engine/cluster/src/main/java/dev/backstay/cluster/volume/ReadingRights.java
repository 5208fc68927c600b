package dev.backstay.cluster.volume;

import dev.backstay.cluster.access.AccessAnswer;
import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.connection.ClusterConnection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the user may do of all that reading volumes may need.
final class ReadingRights {

  private static final String SNAPSHOTS = "snapshot.storage.k8s.io";

  private final List<AccessAnswer> answers;

  private ReadingRights(List<AccessAnswer> answers) {
    this.answers = answers;
  }

  static ReadingRights ask(ClusterConnection connection, String namespace) {
    Stream<AccessQuestion> own =
        Stream.of("get", "create", "delete")
            .flatMap(verb ->
                Stream.of(
                    AccessQuestion.of(verb, "", "pods", namespace),
                    AccessQuestion.of(verb, "", "persistentvolumeclaims", namespace),
                    AccessQuestion.of(verb, SNAPSHOTS, "volumesnapshots", namespace)));
    Stream<AccessQuestion> others =
        Stream.of(
                AccessReview.exec(namespace),
                AccessReview.portForward(namespace),
                List.of(AccessQuestion.of("patch", "", "persistentvolumes", "")))
            .flatMap(List::stream);
    return new ReadingRights(new AccessReview(connection).ask(Stream.concat(own, others).toList()));
  }

  List<AccessAnswer> denied() {
    return answers.stream().filter(AccessAnswer::denied).toList();
  }

  /// Older servers want get, newer ones create: which one cannot be told, so both must not be
  /// missing.
  boolean mayExec() {
    return Stream.of("get", "create").anyMatch(verb -> allowed(verb, "pods", "exec"));
  }

  /// Why objects of these kinds cannot be made, watched and removed again; empty if they can.
  Optional<String> lacking(String... plurals) {
    String lacking =
        answers.stream()
            .filter(AccessAnswer::denied)
            .map(AccessAnswer::question)
            .filter(q -> q.subresource().isEmpty() && List.of(plurals).contains(q.resource()))
            .map(q -> q.verb() + " " + q.resource())
            .collect(Collectors.joining(", "));
    return lacking.isEmpty() ? Optional.empty() : Optional.of("you may not " + lacking);
  }

  private boolean allowed(String verb, String resource, String subresource) {
    return answers.stream()
        .filter(a -> a.question().verb().equals(verb))
        .filter(a -> a.question().resource().equals(resource))
        .filter(a -> a.question().subresource().equals(subresource))
        .noneMatch(AccessAnswer::denied);
  }
}
