package dev.backstay.cluster.apply.plan;

import dev.backstay.cluster.access.AccessAnswer;
import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.ItemFailure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which of the needed verbs the user does not have.
final class Rights {

  private final Set<AccessQuestion> denied = new HashSet<>();
  private final List<ItemFailure> missing = new ArrayList<>();

  /// Asks all at once.
  Rights(AccessReview review, Set<AccessQuestion> questions) {
    for (AccessAnswer answer : review.ask(List.copyOf(questions))) {
      if (answer.denied()) {
        denied.add(answer.question());
        missing.add(missing(answer));
      }
    }
  }

  static AccessQuestion question(String verb, ManifestKey key, String namespace) {
    return AccessQuestion.of(
        verb, key.group(), key.plural(), key.namespace() == null ? "" : namespace);
  }

  /// What creating or overwriting these objects needs.
  static Set<AccessQuestion> questions(List<PlannedManifest> objects, String namespace) {
    Set<AccessQuestion> questions = new LinkedHashSet<>();
    for (PlannedManifest object : objects) {
      switch (object.action()) {
        case CREATE -> questions.add(question("create", object.key(), namespace));
        case OVERWRITE -> questions.add(question("update", object.key(), namespace));
        case EXISTS_SKIP, CONFLICT, LEFT_OUT -> {}
      }
    }
    return questions;
  }

  static ItemFailure missing(AccessAnswer answer) {
    return new ItemFailure(
        answer.question().toString(),
        "restore.forbidden",
        "you may not "
            + answer.question()
            + (answer.reason().isEmpty() ? "" : ": " + answer.reason()),
        "ask for a role that allows it");
  }

  boolean denies(AccessQuestion question) {
    return denied.contains(question);
  }

  List<ItemFailure> missing() {
    return missing;
  }
}
