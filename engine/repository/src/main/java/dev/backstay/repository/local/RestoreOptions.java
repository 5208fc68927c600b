package dev.backstay.repository.local;

/// How a folder of a snapshot is written to this machine.
///
/// @param existing what happens to files that are there already
/// @param sparse write holes for long runs of zeros
/// @param owners set owner and group; needs to be root
/// @param scope which paths, relative to the folder that is restored
public record RestoreOptions(
    ExistingFiles existing, boolean sparse, boolean owners, PathScope scope) {

  public enum ExistingFiles {
    OVERWRITE,
    /// Like overwriting, but the content of a file of the same size and modification time is not
    /// touched: restic's `--overwrite if-changed`.
    IF_CHANGED,
    /// Only what was modified before the snapshot's: restic's `--overwrite if-newer`.
    IF_NEWER,
    SKIP,
    FAIL,
    /// Both stay: the one that comes gets another name.
    KEEP_BOTH
  }

  /// Everything.
  public RestoreOptions(ExistingFiles existing, boolean sparse, boolean owners) {
    this(existing, sparse, owners, PathScope.EVERYTHING);
  }
}
