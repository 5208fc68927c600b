package dev.backstay.repository.snapshot;

/// How many files and folders a backup met, compared with its parent snapshot.
///
/// @param bytes plain bytes of all files
public record FileCounts(
    long filesNew,
    long filesChanged,
    long filesUnmodified,
    long dirsNew,
    long dirsChanged,
    long dirsUnmodified,
    long bytes) {

  public static final FileCounts NONE = new FileCounts(0, 0, 0, 0, 0, 0, 0);

  public long files() {
    return filesNew + filesChanged + filesUnmodified;
  }
}
