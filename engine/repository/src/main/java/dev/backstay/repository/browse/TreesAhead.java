package dev.backstay.repository.browse;

import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.tree.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Trees that others read before they are asked for. To be used by one thread.
final class TreesAhead implements AutoCloseable {

  /// How many names of a folder are looked at before they come.
  static final int AHEAD = 16;

  private final OpenRepository repository;
  private final ExecutorService readers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("tree-", 0).factory());
  private final Map<BlobId, CompletableFuture<List<Node>>> sent = new HashMap<>();
  private volatile boolean over;

  TreesAhead(OpenRepository repository) {
    this.repository = repository;
  }

  /// Has a folder read.
  void send(@Nullable Node folder) {
    BlobId tree = folder == null ? null : folder.subtree();
    if (tree != null) {
      sent.computeIfAbsent(
          tree, id -> CompletableFuture.supplyAsync(() -> over ? List.of() : read(id), readers));
    }
  }

  /// What a folder holds, by name; nothing if it is none.
  List<Node> of(@Nullable Node folder) {
    BlobId tree = folder == null ? null : folder.subtree();
    if (tree == null) {
      return List.of();
    }
    CompletableFuture<List<Node>> coming = sent.remove(tree);
    if (coming == null) {
      return read(tree);
    }
    try {
      return coming.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /// Other programs may have left a tree unsorted.
  private List<Node> read(BlobId tree) {
    List<Node> nodes = repository.tree(tree);
    for (int i = 1; i < nodes.size(); i++) {
      if (nodes.get(i - 1).name().compareTo(nodes.get(i).name()) >= 0) {
        List<Node> sorted = new ArrayList<>(nodes);
        sorted.sort(Comparator.comparing(Node::name));
        return sorted;
      }
    }
    return nodes;
  }

  @Override
  public void close() {
    over = true;
    readers.close();
  }
}
