package dev.backstay.repository.tree;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import java.nio.charset.StandardCharsets;

/// Finds the blobs that a tree names, and nothing else of it: whoever marks what is used reads
/// millions of nodes and needs none of their names, times and owners.
///
/// As strict as [TreeCodec#decode] about the form, because what is passed over is deleted.
public final class TreeReferences {

  private static final byte[] NODES = "nodes".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SUBTREE = "subtree".getBytes(StandardCharsets.US_ASCII);
  private static final int DEPTH = 100;

  private final byte[] bytes;
  private final int end;
  private final String what;
  private final Receiver receiver;
  private int at;
  private int nameLength;

  private TreeReferences(byte[] bytes, int length, String what, Receiver receiver) {
    this.bytes = bytes;
    this.end = length;
    this.what = what;
    this.receiver = receiver;
  }

  /// Hears of each blob, as often as it is named.
  public interface Receiver {
    /// A piece of a file.
    void data(BlobId id);

    /// A folder below.
    void tree(BlobId id);
  }

  /// @param length how many of the bytes are the tree
  /// @param what the tree, for messages
  /// @throws DamagedException if it is no tree
  public static void scan(byte[] bytes, int length, String what, Receiver receiver) {
    new TreeReferences(bytes, length, what, receiver).tree();
  }

  private void tree() {
    try {
      expect('{');
      boolean first = true;
      while (more('}', first)) {
        first = false;
        if (named(NODES)) {
          nodes();
        } else {
          skip(0);
        }
      }
      white();
    } catch (ArrayIndexOutOfBoundsException e) {
      throw damaged();
    }
    if (at != end) {
      throw damaged();
    }
  }

  private void nodes() {
    if (isNull()) {
      return;
    }
    expect('[');
    boolean first = true;
    while (more(']', first)) {
      first = false;
      node();
    }
  }

  private void node() {
    expect('{');
    boolean first = true;
    while (more('}', first)) {
      first = false;
      int start = name();
      if (is(start, CONTENT)) {
        content();
      } else if (is(start, SUBTREE)) {
        if (!isNull()) {
          receiver.tree(id());
        }
      } else {
        skip(0);
      }
    }
  }

  private void content() {
    if (isNull()) {
      return;
    }
    expect('[');
    boolean first = true;
    while (more(']', first)) {
      first = false;
      receiver.data(id());
    }
  }

  private boolean more(char close, boolean first) {
    white();
    if (byteAt() == close) {
      at++;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  private boolean named(byte[] wanted) {
    return is(name(), wanted);
  }

  /// @return where the name begins; the value is next
  private int name() {
    expect('"');
    int start = at;
    while (byteAt() != '"') {
      if (bytes[at] == '\\') {
        // No writer escapes a field's name; one that does could hide a reference from us.
        throw damaged();
      }
      at++;
    }
    int length = at++ - start;
    expect(':');
    nameLength = length;
    return start;
  }

  private boolean is(int start, byte[] wanted) {
    if (nameLength != wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (bytes[start + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private BlobId id() {
    expect('"');
    if (end - at < 2 * BlobId.SIZE + 1) {
      throw damaged();
    }
    BlobId id = new BlobId(word(at), word(at + 16), word(at + 32), word(at + 48));
    at += 2 * BlobId.SIZE;
    expect('"');
    return id;
  }

  private long word(int from) {
    long word = 0;
    for (int i = from; i < from + 16; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        throw damaged();
      }
      word = word << 4 | digit;
    }
    return word;
  }

  private void skip(int depth) {
    white();
    switch (byteAt()) {
      case '"' -> string();
      case '{', '[' -> nested(depth);
      default -> plain();
    }
  }

  private void string() {
    expect('"');
    while (byteAt() != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private void nested(int depth) {
    if (depth > DEPTH) {
      throw damaged();
    }
    boolean object = bytes[at] == '{';
    at++;
    boolean first = true;
    while (more(object ? '}' : ']', first)) {
      first = false;
      if (object) {
        white();
        string();
        expect(':');
      }
      skip(depth + 1);
    }
  }

  /// A number or a word.
  private void plain() {
    int start = at;
    while (at < end && "+-.0123456789eEtrufalsn".indexOf(bytes[at]) >= 0) {
      at++;
    }
    if (at == start) {
      throw damaged();
    }
  }

  private boolean isNull() {
    white();
    if (byteAt() != 'n') {
      return false;
    }
    plain();
    return true;
  }

  private void white() {
    while (at < end && bytes[at] <= ' ' && bytes[at] >= 0) {
      at++;
    }
  }

  private void expect(char wanted) {
    white();
    if (byteAt() != wanted) {
      throw damaged();
    }
    at++;
  }

  private int byteAt() {
    if (at >= end) {
      throw damaged();
    }
    return bytes[at];
  }

  private DamagedException damaged() {
    return new DamagedException(
        "repository.tree-damaged",
        what + " is not what it should be: malformed near byte " + at,
        "run 'repo check'; other snapshots are not affected");
  }
}
