package dev.backstay.sandbox.api;

import dev.backstay.sandbox.state.Json;
import tools.jackson.databind.JsonNode;

/// How something is deleted.
///
/// @param graceSeconds -1 for what the object says
/// @param propagation `Background`, `Foreground`, `Orphan`, or empty for the kind's default
/// @param uid what it must be, or empty
/// @param resourceVersion what it must be, or empty
public record DeleteOptions(
    boolean dryRun, long graceSeconds, String propagation, String uid, String resourceVersion) {

  public static final DeleteOptions BACKGROUND = new DeleteOptions(false, -1, "Background", "", "");

  public static final DeleteOptions AT_ONCE = new DeleteOptions(false, 0, "Background", "", "");

  /// From the body of a request; query parameters stand in for what it does not say.
  public static DeleteOptions of(
      JsonNode body, boolean dryRun, String graceSeconds, String propagation) {
    long grace = graceSeconds.isEmpty() ? -1 : Long.parseLong(graceSeconds);
    String policy = Json.text(body, "propagationPolicy");
    if (policy.isEmpty() && Json.flag(body, "orphanDependents")) {
      policy = "Orphan";
    }
    return new DeleteOptions(
        dryRun || Json.texts(body.path("dryRun")).contains("All"),
        Json.number(body, grace, "gracePeriodSeconds"),
        policy.isEmpty() ? propagation : policy,
        Json.text(body, "preconditions", "uid"),
        Json.text(body, "preconditions", "resourceVersion"));
  }
}
