package dev.backstay.repository.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.browse.FileSearch.Barren;
import dev.backstay.repository.tree.Node;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One search in a path index. What it finds is read from the tree itself: the index decides where
/// to look, and never what there is.
final class IndexSearch implements PathIndex.Visitor {

  private static final int MOST_BARREN = 1 << 20;

  private final OpenRepository repository;
  private final FileQuery query;
  private final Set<Barren> barren;
  private final Hit hits;
  private final CancelToken cancel;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private long found;

  /// Hears of what is found.
  interface Hit {
    void found(FilePath path, Node node);
  }

  /// A folder that is looked into.
  private static final class Frame {
    final FilePath path;
    final BlobId tree;
    final long state;
    final long foundBefore;
    @Nullable List<Node> nodes;

    Frame(FilePath path, BlobId tree, long state, long foundBefore) {
      this.path = path;
      this.tree = tree;
      this.state = state;
      this.foundBefore = foundBefore;
    }
  }

  /// @param barren shared by the searches for one thing in many snapshots
  IndexSearch(
      OpenRepository repository,
      FileQuery query,
      Set<Barren> barren,
      Hit hits,
      CancelToken cancel,
      BlobId tree,
      long state) {
    this.repository = repository;
    this.query = query;
    this.barren = barren;
    this.hits = hits;
    this.cancel = cancel;
    frames.addLast(new Frame(query.below(), tree, state, 0));
  }

  static FilePath join(FilePath at, FilePath below) {
    return at.isRoot() ? below : at.resolve(below.bytes());
  }

  @Override
  public void leaf(byte[] name, int number, long seconds, int nanos, long size) {
    Frame folder = frames.getLast();
    if (query.accepts(seconds, nanos, size)) {
      long state = query.pattern().step(folder.state, text(name));
      test(folder, name, number, state);
    }
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }

  private void test(Frame folder, byte[] name, int number, long state) {
    if (query.pattern().matches(state, () -> "/" + folder.path.resolve(name))) {
      found++;
      hits.found(folder.path.resolve(name), node(folder, name, number));
    }
  }

  private Node node(Frame folder, byte[] name, int number) {
    List<Node> nodes = folder.nodes;
    if (nodes == null) {
      nodes = repository.tree(folder.tree);
      folder.nodes = nodes;
    }
    if (number < nodes.size() && nodes.get(number).name().equals(FilePath.ofBytes(name))) {
      return nodes.get(number);
    }
    throw new DamagedException(
        "repository.path-index",
        "the path index of this machine does not fit the tree " + folder.tree.shortHex(),
        "delete the cache folder of the repository on this machine, then search again");
  }

  @Override
  public boolean enter(byte[] name, int number, long seconds, int nanos, BlobId tree) {
    cancel.checkpoint();
    Frame folder = frames.getLast();
    long state = query.pattern().step(folder.state, text(name));
    if (query.accepts(seconds, nanos, -1)) {
      test(folder, name, number, state);
    }
    if (!query.pattern().leadsOn(state) || isBarren(tree, state)) {
      return false;
    }
    frames.addLast(new Frame(folder.path.resolve(name), tree, state, found));
    return true;
  }

  private boolean isBarren(BlobId tree, long state) {
    return query.pattern().stateSaysAll() && barren.contains(new Barren(tree, state));
  }

  @Override
  public void leave() {
    Frame left = frames.removeLast();
    if (found == left.foundBefore
        && query.pattern().stateSaysAll()
        && barren.size() < MOST_BARREN) {
      barren.add(new Barren(left.tree, left.state));
    }
  }
}
