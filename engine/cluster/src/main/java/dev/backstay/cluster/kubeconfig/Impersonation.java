package dev.backstay.cluster.kubeconfig;

import java.util.List;
import java.util.Map;

/// Acting as somebody else (`--as`, `--as-group`, `as`, `as-groups`, `as-uid`, `as-user-extra`).
///
/// @param user the user name, empty for nobody else
/// @param groups their groups
/// @param uid their uid, or empty
/// @param extra further fields
public record Impersonation(
    String user, List<String> groups, String uid, Map<String, List<String>> extra) {

  /// Acting as oneself.
  public static final Impersonation NONE = new Impersonation("", List.of(), "", Map.of());

  public Impersonation {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }

  public static Impersonation of(String user, List<String> groups) {
    return new Impersonation(user, groups, "", Map.of());
  }

  /// Whether there is nobody to act as.
  public boolean none() {
    return user.isEmpty() && groups.isEmpty() && uid.isEmpty() && extra.isEmpty();
  }
}
