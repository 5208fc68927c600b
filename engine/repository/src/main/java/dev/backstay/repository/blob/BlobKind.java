package dev.backstay.repository.blob;

/// What a blob holds.
public enum BlobKind {
  /// A piece of a file.
  DATA("data"),
  /// A folder's nodes.
  TREE("tree");

  private final String word;

  BlobKind(String word) {
    this.word = word;
  }

  /// As index files name it.
  public String word() {
    return word;
  }
}
