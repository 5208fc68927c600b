package dev.backstay.cluster.connection;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// How to delete.
///
/// @param propagation what happens to dependents
/// @param uid delete only this very object (a 409 otherwise), null for whichever has the name
/// @param graceSeconds how long a pod may take to end, -1 for its own setting
/// @param mode done or only tried
public record DeleteOptions(
    Propagation propagation, @Nullable String uid, long graceSeconds, WriteMode mode) {

  /// Dependents go later, any object of that name, the object's own grace.
  public static final DeleteOptions BACKGROUND =
      new DeleteOptions(Propagation.BACKGROUND, null, -1, WriteMode.APPLY);

  /// Kubernetes' `propagationPolicy`.
  public enum Propagation {
    BACKGROUND("Background"),
    FOREGROUND("Foreground"),
    ORPHAN("Orphan");

    private final String text;

    Propagation(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  ObjectNode body() {
    ObjectNode body = Json.object();
    body.put("kind", "DeleteOptions").put("apiVersion", "v1");
    body.put("propagationPolicy", propagation.text());
    if (uid != null) {
      body.putObject("preconditions").put("uid", uid);
    }
    if (graceSeconds >= 0) {
      body.put("gracePeriodSeconds", graceSeconds);
    }
    if (mode == WriteMode.DRY_RUN) {
      body.putArray("dryRun").add("All");
    }
    return body;
  }

  public DeleteOptions onlyUid(String onlyUid) {
    return new DeleteOptions(propagation, onlyUid, graceSeconds, mode);
  }

  public DeleteOptions withGraceSeconds(long seconds) {
    return new DeleteOptions(propagation, uid, seconds, mode);
  }

  public DeleteOptions withPropagation(Propagation other) {
    return new DeleteOptions(other, uid, graceSeconds, mode);
  }

  public DeleteOptions withMode(WriteMode other) {
    return new DeleteOptions(propagation, uid, graceSeconds, other);
  }
}
