package dev.backstay.model;

/// Where work reports its amount. Called often and by many threads: implementations only add to
/// counters.
@FunctionalInterface
public interface Meter {

  /// A meter that forgets.
  Meter NONE = (items, bytes) -> {};

  /// Adds finished work.
  ///
  /// @param items whole files, objects or blobs, as the caller's phase counts them
  /// @param bytes plain bytes, before compression and encryption
  void add(long items, long bytes);
}
