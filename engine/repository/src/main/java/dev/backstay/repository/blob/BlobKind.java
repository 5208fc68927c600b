package dev.backstay.repository.blob;

/// What a blob holds.
public enum BlobKind {
  /// A piece of a file.
  DATA(0, "data"),
  /// A folder's nodes.
  TREE(1, "tree");

  private final int code;
  private final String word;

  BlobKind(int code, String word) {
    this.code = code;
    this.word = word;
  }

  /// As pack headers number it.
  public int code() {
    return code;
  }

  /// As index files name it.
  public String word() {
    return word;
  }
}
