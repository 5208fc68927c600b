package dev.backstay.cluster.mover;

import dev.backstay.model.FilePath;

/// Which paths of a volume a writing may change.
@FunctionalInterface
public interface FileScope {

  /// All of it.
  FileScope WHOLE = _ -> true;

  boolean covers(FilePath path);
}
