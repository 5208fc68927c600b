package dev.backstay.cluster.mover;

import dev.backstay.model.FilePath;

/// What writing would do with one file of a volume.
///
/// @param path in the volume
/// @param what what happens
/// @param bytes of the file that is written, or of the one that goes
/// @param reason one phrase, empty for a plain creation
public record FileFate(FilePath path, What what, long bytes, String reason) {

  /// What happens to a file.
  public enum What {
    CREATE,
    OVERWRITE,
    /// It is as wanted already.
    SKIP,
    DELETE
  }
}
