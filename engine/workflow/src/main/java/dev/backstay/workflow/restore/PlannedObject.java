package dev.backstay.workflow.restore;

import java.util.List;

/// What restoring would do with one object.
///
/// @param object kind and name as kubectl prints them: `deployments.apps/shop`
/// @param kind `Deployment`
/// @param name its name
/// @param namespace where it goes, empty for a cluster-scoped object
/// @param action what happens
/// @param reason why, one sentence; empty for a plain creation
/// @param notes what else a user should know
/// @param changes for what is overwritten: the fields that change, values of Secrets masked
public record PlannedObject(
    String object,
    String kind,
    String name,
    String namespace,
    Action action,
    String reason,
    List<String> notes,
    List<String> changes) {

  /// What happens to an object.
  public enum Action {
    CREATE("create"),
    EXISTS_SKIP("exists-skip"),
    OVERWRITE("overwrite"),
    CONFLICT("conflict"),
    /// Never restored: something else makes it.
    LEFT_OUT("left-out");

    private final String text;

    Action(String text) {
      this.text = text;
    }

    /// As tables and JSON show it.
    public String text() {
      return text;
    }
  }

  public PlannedObject {
    notes = List.copyOf(notes);
    changes = List.copyOf(changes);
  }
}
