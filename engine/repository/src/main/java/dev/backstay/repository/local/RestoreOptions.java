package dev.backstay.repository.local;

/// How a folder of a snapshot is written to this machine.
///
/// @param existing what happens to files that are there already
/// @param sparse write holes for long runs of zeros
/// @param owners set owner and group; needs to be root
public record RestoreOptions(ExistingFiles existing, boolean sparse, boolean owners) {

  public enum ExistingFiles {
    OVERWRITE,
    SKIP,
    FAIL
  }
}
