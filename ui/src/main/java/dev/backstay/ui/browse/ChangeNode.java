package dev.backstay.ui.browse;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A folder or file in the tree of what differs, with the sums of all below it. Folders in a row
/// that hold nothing else are one node.
final class ChangeNode {

  private final String path;

  /// The path of the node that it is shown below.
  private String above;

  private final NavigableMap<String, ChangeNode> children = new TreeMap<>();
  private @Nullable Changed own;
  private int changes;
  private long before;
  private long after;

  private ChangeNode(String path, String above) {
    this.path = path;
    this.above = above;
  }

  /// @param root the folder that is compared
  /// @param changed paths at or below it
  static ChangeNode of(String root, List<Changed> changed) {
    boolean whole = root.equals("/");
    ChangeNode top =
        new ChangeNode(whole ? "" : root, whole ? "" : root.substring(0, root.lastIndexOf('/')));
    changed.forEach(top::add);
    return top;
  }

  private void add(Changed change) {
    ChangeNode at = this;
    at.count(change);
    String rest =
        change.path().length() > path.length() ? change.path().substring(path.length()) : "";
    for (String name : rest.split("/")) {
      if (!name.isEmpty()) {
        String folder = at.path;
        at = at.children.computeIfAbsent(name, n -> new ChangeNode(folder + "/" + n, folder));
        at.count(change);
      }
    }
    at.own = change;
  }

  private void count(Changed change) {
    changes++;
    before += Math.max(0, change.before());
    after += Math.max(0, change.after());
  }

  /// In the order of names.
  List<ChangeNode> children() {
    List<ChangeNode> shown = new ArrayList<>();
    children.values().forEach(child -> shown.add(child.folded()));
    return shown;
  }

  private ChangeNode folded() {
    ChangeNode at = this;
    String first = above;
    while (at.own == null && at.children.size() == 1) {
      at = at.children.firstEntry().getValue();
    }
    at.above = first;
    return at;
  }

  /// Its path from the node that it is shown below.
  String name() {
    return path.substring(above.length() + 1);
  }

  /// Absolute; empty for the whole restore point.
  String path() {
    return path;
  }

  /// How the path itself differs, null if only something below it does.
  @Nullable Changed own() {
    return own;
  }

  /// How many paths differ at and below it.
  int changes() {
    return changes;
  }

  /// Bytes on the first side.
  long before() {
    return own != null && children.isEmpty() ? own.before() : before;
  }

  /// Bytes on the second side.
  long after() {
    return own != null && children.isEmpty() ? own.after() : after;
  }

  boolean leaf() {
    return children.isEmpty();
  }

  /// For tests and debuggers.
  @Override
  public String toString() {
    return path;
  }
}
