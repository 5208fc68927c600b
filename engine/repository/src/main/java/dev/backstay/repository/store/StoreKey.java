package dev.backstay.repository.store;

/// The name of one file in a store.
///
/// @param kind what it is
/// @param name 64 lower-case hex characters; empty for the config
public record StoreKey(FileKind kind, String name) {

  /// The one config file.
  public static final StoreKey CONFIG = new StoreKey(FileKind.CONFIG, "");

  /// The path in every store: `config`, `data/ab/ab…`, `index/…`.
  public String path() {
    return switch (kind) {
      case CONFIG -> kind.folder();
      case PACK -> kind.folder() + '/' + name.substring(0, 2) + '/' + name;
      case KEY, INDEX, SNAPSHOT, LOCK, CLAIM, CANDIDATES, LOCK_LIST -> kind.folder() + '/' + name;
    };
  }

  @Override
  public String toString() {
    return path();
  }
}
