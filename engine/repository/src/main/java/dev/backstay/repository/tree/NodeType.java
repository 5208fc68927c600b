package dev.backstay.repository.tree;

/// The kinds of nodes that a tree can hold.
public enum NodeType {
  FILE("file", 0),
  DIR("dir", 1L << 31),
  SYMLINK("symlink", 1L << 27),
  DEV("dev", 1L << 26),
  CHARDEV("chardev", 1L << 26 | 1L << 21),
  FIFO("fifo", 1L << 25),
  SOCKET("socket", 1L << 24),
  /// What a newer version made: kept as it is, listed, and not restored.
  OTHER("", 0);

  private final String word;
  private final long modeBits;

  NodeType(String word, long modeBits) {
    this.word = word;
    this.modeBits = modeBits;
  }

  /// As trees name it; of [#OTHER] the node itself knows.
  public String word() {
    return word;
  }

  /// The type's bits in Go's `FileMode`.
  public long modeBits() {
    return modeBits;
  }
}
