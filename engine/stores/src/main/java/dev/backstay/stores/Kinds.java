package dev.backstay.stores;

import dev.backstay.repository.store.FileKind;
import java.util.EnumSet;
import java.util.Set;

/// What stores may count on, by kind of file. A kind that is not named here is treated with the
/// greater care.
final class Kinds {

  private static final Set<FileKind> HASHED =
      EnumSet.of(
          FileKind.PACK,
          FileKind.INDEX,
          FileKind.SNAPSHOT,
          FileKind.KEY,
          FileKind.LOCK,
          FileKind.CANDIDATES,
          FileKind.LOCK_LIST);
  private static final Set<FileKind> LASTING =
      EnumSet.of(FileKind.PACK, FileKind.INDEX, FileKind.SNAPSHOT, FileKind.KEY, FileKind.CONFIG);

  private Kinds() {}

  /// Whether files have the name of their SHA-256, so that two of one name are the same.
  static boolean hashed(FileKind kind) {
    return HASHED.contains(kind);
  }

  /// Whether files are to outlive those who write them; the others come and go.
  static boolean lasting(FileKind kind) {
    return LASTING.contains(kind);
  }
}
