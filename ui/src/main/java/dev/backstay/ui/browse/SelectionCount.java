package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.NotFoundException;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.function.Consumer;

/// One walk through what is chosen. Each file counts once, and what is not in this restore point
/// counts for nothing.
final class SelectionCount {

  private static final String VOLUMES = "/volumes";
  private static final String MANIFESTS = "/manifests/";
  private static final String CLAIMS = MANIFESTS + "core/persistentvolumeclaims/";
  private static final String YAML = ".yaml";

  private final RepositorySession session;
  private final String snapshot;
  private final PathRules rules;
  private final CancelToken cancel;
  private final SequencedSet<String> only = new LinkedHashSet<>();
  private final List<String> walked = new ArrayList<>();
  private final List<String> claims = new ArrayList<>();
  private long files;
  private long bytes;
  private long manifests;

  SelectionCount(RepositorySession session, String snapshot, PathRules rules, CancelToken cancel) {
    this.session = session;
    this.snapshot = snapshot;
    this.rules = rules;
    this.cancel = cancel;
  }

  Selected count() {
    rules.included().forEach(this::root);
    rules.excluded().stream()
        .filter(path -> path.startsWith(VOLUMES + "/") && isBelow(walked, path))
        .forEach(path -> only.add("!" + Selected.volume(path)));
    claims.forEach(this::claim);
    return new Selected(files, bytes, manifests, List.copyOf(only));
  }

  private void root(String path) {
    if (path.equals(VOLUMES)) {
      volumes();
    } else if (isBelow(walked, path)) {
      again(path);
    } else if (list(path, true, this::add)) {
      walked.add(path);
      wanted(path);
    }
  }

  /// All volumes one by one: a whole one can be left out by not being named only.
  private void volumes() {
    List<String> all = new ArrayList<>();
    list(VOLUMES, false, entry -> all.add(entry.path()));
    all.stream().filter(rules::includes).forEach(this::root);
  }

  /// Chosen again below a folder that is left out of a chosen one: its files are counted already.
  private void again(String path) {
    if (list(path, false, _ -> {})) {
      wanted(path);
    }
  }

  private void wanted(String path) {
    if (path.startsWith(VOLUMES + "/")) {
      only.add(Selected.volume(path));
    }
  }

  private static boolean isBelow(List<String> folders, String path) {
    return folders.stream().anyMatch(folder -> path.startsWith(folder + "/"));
  }

  /// @return whether the restore point holds the path
  private boolean list(String path, boolean recursive, Consumer<Entry> each) {
    try {
      session.list(snapshot, path, recursive, info -> each.accept(Entry.of(info)), cancel);
      return true;
    } catch (NotFoundException _) {
      return false;
    }
  }

  private void add(Entry entry) {
    String path = entry.path();
    if (entry.folder() || !rules.includes(path)) {
      return;
    }
    if (path.startsWith(VOLUMES + "/")) {
      addFile(entry);
    } else if (path.startsWith(MANIFESTS)) {
      manifests++;
      if (path.startsWith(CLAIMS) && path.endsWith(YAML)) {
        claims.add(path.substring(CLAIMS.length(), path.length() - YAML.length()));
      } else {
        only.add(Selected.manifest(path));
      }
    }
  }

  private void addFile(Entry entry) {
    files++;
    bytes += entry.file() ? entry.size() : 0;
  }

  /// The manifest of a PVC brings its data, unless parts of these are chosen by themselves: then it
  /// comes along with them.
  private void claim(String pvc) {
    String whole = "pvc/" + pvc;
    if (only.stream().noneMatch(entry -> entry.equals(whole) || entry.startsWith(whole + ":"))) {
      only.add(whole);
      list(VOLUMES + "/" + pvc, true, this::addData);
    }
  }

  private void addData(Entry entry) {
    if (!entry.folder()) {
      addFile(entry);
    }
  }
}
