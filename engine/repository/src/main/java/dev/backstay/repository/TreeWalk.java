package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository.NodeVisitor;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.tree.Node;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// One walk in the order of names, while the folders that come next are read by others. How far
/// they read ahead grows as long as what they read is used.
final class TreeWalk implements AutoCloseable {

  private final Trees trees;
  private final int most;
  private final ExecutorService readers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tree-", 0).factory());
  private final Deque<Level> levels = new ArrayDeque<>();
  private int ahead;
  private volatile boolean over;

  /// @param most how many folders are read ahead in each level
  TreeWalk(Trees trees, int most) {
    this.trees = trees;
    this.most = most;
  }

  /// A folder that is walked: its nodes, and those of its folders that are being read. Both
  /// iterators go over one list, so that a folder is the very same node in both.
  @SuppressWarnings("ReferenceEquality")
  private final class Level {

    private final FilePath path;
    private final Iterator<Node> nodes;
    private final @Nullable Iterator<Node> scout;
    private final Deque<Ahead> coming = new ArrayDeque<>();

    Level(FilePath path, Iterable<Node> folder) {
      this.path = path;
      nodes = folder.iterator();
      scout = folder instanceof List<Node> list ? list.iterator() : null;
    }

    /// What a folder holds, and has those behind it read.
    Iterable<Node> open(Node folder, BlobId subtree) {
      drop(folder);
      Ahead first = coming.peekFirst();
      boolean read = first != null && first.folder == folder;
      CompletableFuture<Iterable<Node>> nodes = read ? coming.removeFirst().nodes : null;
      ahead = Math.min(most, ahead + 1);
      if (nodes == null) {
        pass(folder);
      }
      sendOut();
      return nodes == null ? trees.pass(subtree) : await(nodes);
    }

    /// Folders that nobody went down to.
    private void drop(Node folder) {
      while (!coming.isEmpty() && coming.getFirst().folder != folder && behind(folder)) {
        coming.removeFirst();
        ahead = ahead / 2;
      }
    }

    private boolean behind(Node folder) {
      return coming.getFirst().folder.name().compareTo(folder.name()) < 0;
    }

    private void pass(Node folder) {
      while (scout != null && scout.hasNext()) {
        if (scout.next() == folder) {
          return;
        }
      }
    }

    private void sendOut() {
      while (scout != null && coming.size() < ahead && scout.hasNext()) {
        Node next = scout.next();
        BlobId subtree = next.subtree();
        if (next.isFolder() && subtree != null) {
          coming.addLast(
              new Ahead(
                  next,
                  CompletableFuture.supplyAsync(
                      () -> over ? List.<Node>of() : trees.pass(subtree), readers)));
        }
      }
    }
  }

  private record Ahead(Node folder, CompletableFuture<Iterable<Node>> nodes) {}

  private static Iterable<Node> await(CompletableFuture<Iterable<Node>> nodes) {
    try {
      return nodes.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  void walk(Node folder, NodeVisitor visitor, CancelToken cancel) {
    BlobId root = folder.subtree();
    if (root != null) {
      levels.addLast(new Level(FilePath.ROOT, trees.pass(root)));
    }
    while (!levels.isEmpty()) {
      Level level = levels.getLast();
      if (!level.nodes.hasNext()) {
        levels.removeLast();
        continue;
      }
      cancel.checkpoint();
      step(level, level.nodes.next(), visitor);
    }
  }

  private void step(Level level, Node node, NodeVisitor visitor) {
    FilePath path = level.path.resolve(node.name().bytes());
    BlobId subtree = node.subtree();
    if (visitor.visit(path, node) && node.isFolder() && subtree != null) {
      levels.addLast(new Level(path, level.open(node, subtree)));
    }
  }

  /// Waits for those that still read.
  @Override
  public void close() {
    over = true;
    readers.close();
  }
}
