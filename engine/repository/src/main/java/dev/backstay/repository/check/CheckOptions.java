package dev.backstay.repository.check;

/// How deep a check looks.
///
/// @param data which packs are read too: hash, MAC, decompression and id of every blob
public record CheckOptions(DataSubset data) {

  /// @param readData whether all packs are read too
  public CheckOptions(boolean readData) {
    this(readData ? new DataSubset.All() : new DataSubset.None());
  }
}
