package dev.backstay.repository;

import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Builds nested trees from nodes that come by path, in any order, and saves them from the leaves
/// up.
///
/// Folders that nobody describes are made: mode 0755, owner 0. Safe for use by many threads. Call
/// [#finish(FilePath)] for a folder that is complete to keep memory small.
public final class TreeAssembler {

  private final RepositoryWriter writer;
  private final NodeTime made;
  private final Folder root = new Folder();

  /// @param made the time that made-up folders get; keep it constant so that they are stored once
  public TreeAssembler(RepositoryWriter writer, NodeTime made) {
    this.writer = writer;
    this.made = made;
  }

  /// Adds a file, link or folder. A folder's node describes it; its content comes by further calls.
  /// A name that is there already is replaced.
  ///
  /// @param path from the snapshot's root
  /// @param node its name is replaced by the path's last component
  public synchronized void add(FilePath path, Node node) {
    if (node.isFolder()) {
      folder(path).node = node;
    } else {
      leaf(path, node);
    }
  }

  /// Adds a folder whose content is already stored; nothing can be added below it.
  public synchronized void graft(FilePath path, Node folder, BlobId subtree) {
    leaf(path, folder.withSubtree(subtree));
  }

  /// Forgets a folder and all that was added below it.
  public synchronized void forget(FilePath folder) {
    FilePath name = FilePath.ofBytes(folder.name());
    Folder parent = folder(folder.parent());
    parent.folders.remove(name);
    parent.nodes.remove(name);
  }

  private void leaf(FilePath path, Node node) {
    FilePath name = FilePath.ofBytes(path.name());
    Folder parent = folder(path.parent());
    parent.folders.remove(name);
    parent.nodes.put(name, node.withName(name));
  }

  /// Saves a folder and everything below it, and lets go of the memory. Nothing more may come
  /// below.
  ///
  /// @return the folder's tree
  public synchronized BlobId finish(FilePath folder) {
    if (folder.isRoot()) {
      return finish();
    }
    FilePath name = FilePath.ofBytes(folder.name());
    Folder parent = folder(folder.parent());
    Node saved = parent.nodes.get(name);
    if (saved != null && saved.subtree() != null) {
      return saved.subtree();
    }
    Folder whole = parent.folders.getOrDefault(name, new Folder());
    BlobId tree = save(whole);
    parent.folders.remove(name);
    parent.nodes.put(name, describe(name, whole).withSubtree(tree));
    return tree;
  }

  /// Saves what is left and gives the root.
  public synchronized BlobId finish() {
    return save(root);
  }

  private BlobId save(Folder folder) {
    List<Node> nodes = new ArrayList<>(folder.nodes.values());
    folder.folders.forEach(
        (name, child) -> nodes.add(describe(name, child).withSubtree(save(child))));
    return writer.saveTree(nodes);
  }

  private Node describe(FilePath name, Folder folder) {
    Node node = folder.node;
    return node == null ? Node.folder("", made).withName(name) : node.withName(name);
  }

  private Folder folder(FilePath path) {
    Folder folder = root;
    for (byte[] component : path.components()) {
      FilePath name = FilePath.ofBytes(component);
      if (folder.nodes.containsKey(name)) {
        throw new IllegalStateException("already stored, or no folder: " + name + " of " + path);
      }
      folder = folder.folders.computeIfAbsent(name, _ -> new Folder());
    }
    return folder;
  }

  private static final class Folder {
    private @Nullable Node node;
    private final Map<FilePath, Node> nodes = new TreeMap<>();
    private final Map<FilePath, Folder> folders = new TreeMap<>();
  }
}
