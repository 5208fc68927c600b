package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.List;

/// What chosen paths amount to in one restore point.
///
/// @param files files, links and devices in volumes
/// @param bytes plain bytes of them
/// @param manifests manifests
/// @param only the same choice as `--only` of the command line; empty means that nothing of what is
///   chosen is in this restore point, never that everything is wanted
public record Selected(long files, long bytes, long manifests, List<String> only) {

  public static final Selected NOTHING = new Selected(0, 0, 0, List.of());

  private static final String VOLUMES = "/volumes/";

  /// Whether there is nothing to restore. Folders without a file are something.
  public boolean isEmpty() {
    return only.isEmpty();
  }

  /// Walks what is chosen; may wait.
  static Selected of(
      RepositorySession session, String snapshot, PathRules rules, CancelToken cancel) {
    return new SelectionCount(session, snapshot, rules, cancel).count();
  }

  /// `/volumes/data/a/b` → `pvc/data:a/b`
  static String volume(String path) {
    String rest = path.substring(VOLUMES.length());
    int slash = rest.indexOf('/');
    return slash < 0
        ? "pvc/" + rest
        : "pvc/" + rest.substring(0, slash) + ":" + rest.substring(slash + 1);
  }

  /// `/manifests/apps/deployments/shop.yaml` → `deployments.apps/shop`
  static String manifest(String path) {
    String[] parts = path.split("/");
    String group = parts[2].equals("core") ? "" : "." + parts[2];
    String name = parts[parts.length - 1].replaceFirst("\\.yaml$", "");
    return parts[3] + group + "/" + name;
  }
}
