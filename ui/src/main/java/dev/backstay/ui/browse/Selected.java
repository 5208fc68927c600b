package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.NotFoundException;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// What chosen paths amount to in one restore point.
///
/// @param files files, links and devices in volumes
/// @param bytes plain bytes of them
/// @param manifests manifests
/// @param only the same choice as `--only` of the command line
public record Selected(long files, long bytes, long manifests, List<String> only) {

  public static final Selected NOTHING = new Selected(0, 0, 0, List.of());

  private static final String VOLUMES = "/volumes/";
  private static final String MANIFESTS = "/manifests";

  public boolean isEmpty() {
    return files == 0 && manifests == 0;
  }

  /// Walks what is chosen; may wait.
  static Selected of(
      RepositorySession session, String snapshot, PathRules rules, CancelToken cancel) {
    Count count = new Count(rules);
    SequencedSet<String> only = new LinkedHashSet<>();
    for (String path : rules.included()) {
      count.root = path;
      try {
        session.list(snapshot, path, true, info -> count.add(Entry.of(info)), cancel);
      } catch (NotFoundException _) {
        continue; // not in this restore point: nothing of it can be restored
      }
      only.addAll(count.only(path));
    }
    rules.excluded().stream()
        .filter(path -> path.startsWith(VOLUMES))
        .forEach(path -> only.add("!" + volume(path)));
    return new Selected(count.files, count.bytes, count.manifests, List.copyOf(only));
  }

  /// `/volumes/data/a/b` → `pvc/data:a/b`
  static String volume(String path) {
    String rest = path.substring(VOLUMES.length());
    int slash = rest.indexOf('/');
    return slash < 0
        ? "pvc/" + rest
        : "pvc/" + rest.substring(0, slash) + ":" + rest.substring(slash + 1);
  }

  private static final class Count {
    private final PathRules rules;
    private final List<String> found = new ArrayList<>();
    private String root = "";
    private long files;
    private long bytes;
    private long manifests;

    Count(PathRules rules) {
      this.rules = rules;
    }

    void add(Entry entry) {
      if (entry.folder() || !rules.includes(entry.path())) {
        return;
      }
      if (entry.path().startsWith(VOLUMES)) {
        files++;
        bytes += entry.file() ? entry.size() : 0;
      } else if (entry.path().startsWith(MANIFESTS + "/")) {
        manifests++;
        found.add(entry.path());
      }
    }

    List<String> only(String path) {
      if (path.startsWith(VOLUMES)) {
        return List.of(volume(path));
      }
      List<String> all =
          found.stream()
              .filter(p -> p.equals(root) || p.startsWith(root + "/"))
              .map(Selected::manifest)
              .toList();
      if (path.equals("/volumes")) {
        return List.of("pvc");
      }
      return all;
    }
  }

  /// `/manifests/apps/deployments/shop.yaml` → `deployments.apps/shop`
  static String manifest(String path) {
    String[] parts = path.split("/");
    String group = parts[2].equals("core") ? "" : "." + parts[2];
    String name = parts[parts.length - 1].replaceFirst("\\.yaml$", "");
    return parts[3] + group + "/" + name;
  }
}
