package dev.backstay.app.demo;

import dev.backstay.app.console.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Paths drawn as a tree; folders with much in them are cut short.
final class PathTree {

  private static final int SHOWN = 6;

  private final Map<String, PathTree> children = new TreeMap<>();

  static List<String> draw(List<String> paths) {
    PathTree root = new PathTree();
    paths.forEach(root::add);
    List<String> lines = new ArrayList<>();
    root.draw("", lines);
    return lines;
  }

  private void add(String path) {
    PathTree here = this;
    for (String name : path.split("/")) {
      if (!name.isEmpty()) {
        here = here.children.computeIfAbsent(name, _ -> new PathTree());
      }
    }
  }

  private void draw(String indent, List<String> lines) {
    int left = children.size();
    int hidden = left > SHOWN + 1 ? left - SHOWN : 0;
    for (Map.Entry<String, PathTree> child : children.entrySet()) {
      if (hidden > 0 && left == hidden) {
        lines.add(indent + "└─ … " + hidden + " more");
        return;
      }
      left--;
      boolean last = left == 0;
      lines.add(indent + (last ? "└─ " : "├─ ") + Text.printable(child.getKey()));
      child.getValue().draw(indent + (last ? "   " : "│  "), lines);
    }
  }
}
