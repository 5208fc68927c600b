package dev.backstay.workflow.repository;

import java.nio.file.Path;
import java.util.Map;

/// The wish to write a part of a snapshot into a folder of this machine.
///
/// @param snapshot the beginning of an id, or `latest`
/// @param path which folder or file of it; `/` for everything
/// @param target made if it does not exist; the folder's content, or the one file, is put into it
/// @param existing what happens to files that are there already
/// @param sparse write holes for long runs of zeros
/// @param owners set owner and group; needs to be root
/// @param parts paths below that folder, absolute in the snapshot, and whether each is wanted with
///   all below it, until a longer path says otherwise; empty for everything
public record RestoreFolderRequest(
    String snapshot,
    String path,
    Path target,
    Existing existing,
    boolean sparse,
    boolean owners,
    Map<String, Boolean> parts) {

  public enum Existing {
    SKIP,
    OVERWRITE,
    /// The same, but what has the same size and modification time is taken for the same content.
    IF_CHANGED,
    /// Only what was modified before the snapshot's.
    IF_NEWER,
    FAIL,
    /// The file that is there stays, and the one that comes gets another name beside it.
    KEEP_BOTH
  }

  public RestoreFolderRequest {
    parts = Map.copyOf(parts);
  }

  /// All below that path.
  public RestoreFolderRequest(
      String snapshot,
      String path,
      Path target,
      Existing existing,
      boolean sparse,
      boolean owners) {
    this(snapshot, path, target, existing, sparse, owners, Map.of());
  }
}
