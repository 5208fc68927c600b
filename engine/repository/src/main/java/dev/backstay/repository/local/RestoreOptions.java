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
