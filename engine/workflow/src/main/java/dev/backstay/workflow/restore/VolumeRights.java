package dev.backstay.workflow.restore;

import dev.backstay.cluster.access.AccessAnswer;
import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.apply.ready.Pause;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.model.ItemFailure;
import java.util.ArrayList;
import java.util.List;

/// The verbs that writing into volumes and stopping workloads needs.
final class VolumeRights {

  private static final String NO_MARK =
      "; if the restore is interrupted, its PVCs will not show that they are half written";

  private final ClusterConnection connection;
  private final String namespace;
  private final List<ItemFailure> missing = new ArrayList<>();
  private final List<ItemFailure> blockers = new ArrayList<>();

  VolumeRights(ClusterConnection connection, String namespace) {
    this.connection = connection;
    this.namespace = namespace;
  }

  List<ItemFailure> missing() {
    return missing;
  }

  List<ItemFailure> blockers() {
    return blockers;
  }

  /// A mover pod, and exec into it; port-forward makes it faster and may be missing.
  void writing() {
    List<AccessQuestion> questions = new ArrayList<>();
    for (String verb : List.of("create", "get", "delete")) {
      questions.add(AccessQuestion.of(verb, "", "pods", namespace));
    }
    questions.add(AccessQuestion.of("get", "", "pods", namespace).subresource("exec"));
    if (connection.serverVersion().atLeast(1, 35)) {
      questions.add(AccessQuestion.of("create", "", "pods", namespace).subresource("exec"));
    }
    ask(questions, "to write into volumes");
    for (AccessAnswer answer : review(AccessReview.portForward(namespace))) {
      if (answer.denied()) {
        missing.add(missing(answer.question(), "; volumes are written by exec instead, slower"));
      }
    }
  }

  /// Whether PVCs may be marked while they are written.
  boolean marking() {
    List<AccessAnswer> answers =
        review(List.of(AccessQuestion.of("patch", "", "persistentvolumeclaims", namespace)));
    List<AccessAnswer> denied = answers.stream().filter(AccessAnswer::denied).toList();
    denied.forEach(a -> missing.add(missing(a.question(), NO_MARK)));
    return denied.isEmpty();
  }

  void pausing(List<Pause> pauses) {
    List<AccessQuestion> questions = new ArrayList<>();
    for (Pause pause : pauses) {
      AccessQuestion patch =
          AccessQuestion.of(
              "patch", pause.workload().group(), pause.workload().plural(), namespace);
      if (!questions.contains(patch)) {
        questions.add(patch);
      }
    }
    ask(questions, "to stop what uses the volumes");
  }

  private List<AccessAnswer> review(List<AccessQuestion> questions) {
    return new AccessReview(connection).ask(questions);
  }

  private void ask(List<AccessQuestion> questions, String what) {
    for (AccessAnswer answer : review(questions)) {
      if (answer.denied()) {
        ItemFailure failure = missing(answer.question(), ", which is needed " + what);
        missing.add(failure);
        blockers.add(failure);
      }
    }
  }

  private static ItemFailure missing(AccessQuestion question, String why) {
    return new ItemFailure(
        question.toString(),
        "restore.forbidden",
        "you may not " + question + why,
        "ask for a role that allows it");
  }
}
