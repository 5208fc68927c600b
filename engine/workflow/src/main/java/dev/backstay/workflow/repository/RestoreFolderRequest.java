package dev.backstay.workflow.repository;

import java.nio.file.Path;

/// The wish to write a part of a snapshot into a folder of this machine.
///
/// @param snapshot the beginning of an id, or `latest`
/// @param path which folder or file of it; `/` for everything
/// @param target made if it does not exist; the folder's content, or the one file, is put into it
/// @param existing what happens to files that are there already
/// @param sparse write holes for long runs of zeros
/// @param owners set owner and group; needs to be root
public record RestoreFolderRequest(
    String snapshot, String path, Path target, Existing existing, boolean sparse, boolean owners) {

  public enum Existing {
    SKIP,
    OVERWRITE,
    FAIL
  }
}
