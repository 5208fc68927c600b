package dev.backstay.repository.tree;

import dev.backstay.repository.json.JsonReader;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Reads a tree node by node, so that a folder of a million files needs no list of them. Nodes as
/// restic and we write them are read byte by byte; others, and those with escapes, by
/// [TreeCodec.NodeReader], which knows all of JSON and says what is wrong.
///
/// Not safe for use by several threads.
public final class TreeScanner {

  private static final byte[] HEAD = NodeScanner.ascii("{\"nodes\":[");

  private final byte[] bytes;
  private final int end;
  private final String what;
  private final NodeScanner nodes;
  private @Nullable Queue<Node> other;
  private int at;
  private int count;
  private boolean first = true;
  private boolean done;

  /// @param bytes of which the first `length` count
  /// @param what the tree, for messages
  public TreeScanner(byte[] bytes, int length, String what) {
    this.bytes = bytes;
    this.end = length;
    this.what = what;
    nodes = new NodeScanner(bytes, length);
  }

  /// The next node, or null behind the last.
  ///
  /// @throws dev.backstay.model.DamagedException if it is no tree, or holds a name that no folder
  ///   can hold
  public @Nullable Node next() {
    if (first) {
      first = false;
      begin();
    } else if (other == null && !done) {
      separator();
    }
    if (other != null) {
      return other.poll();
    }
    return done ? null : node();
  }

  private void begin() {
    if (!NodeScanner.stands(bytes, at, end, HEAD)) {
      readAny();
      return;
    }
    at += HEAD.length;
    if (at < end && bytes[at] == ']') {
      finish();
    }
  }

  /// Everything at once, from the node on that comes next.
  private void readAny() {
    List<Node> all = TreeCodec.decodeAny(new JsonReader(bytes, 0, end, what), what);
    other = new ArrayDeque<>(all.subList(Math.min(count, all.size()), all.size()));
  }

  private void separator() {
    if (at < end && bytes[at] == ',') {
      at++;
    } else {
      finish();
    }
  }

  private void finish() {
    boolean closed = at + 1 < end && bytes[at] == ']' && bytes[at + 1] == '}';
    int rest = at + 2;
    if (closed && (rest == end || (rest + 1 == end && bytes[rest] == '\n'))) {
      done = true;
    } else {
      readAny();
    }
  }

  private Node node() {
    count++;
    Node quick = nodes.read(at);
    if (quick != null && !TreeCodec.badName(quick.name())) {
      at = nodes.position();
      return quick;
    }
    JsonReader slow = new JsonReader(bytes, at, end - at, what);
    Node node = new TreeCodec.NodeReader(slow, what).read();
    at = slow.position();
    return node;
  }
}
