package dev.backstay.repository.opened;

import dev.backstay.repository.pack.PackEntry;
import java.util.List;

/// What reading every byte of a pack showed.
///
/// @param pack its id
/// @param bytes how many it has
/// @param problems one rest of a sentence each: `is damaged: its SHA-256 is not its name`
/// @param intact blobs that hold, whoever names them
/// @param lost blobs that the index or the header names and that do not hold
/// @param whole whether every byte could be read; if not, nothing is known of the blobs
public record PackAudit(
    String pack,
    long bytes,
    List<String> problems,
    List<PackEntry> intact,
    List<PackEntry> lost,
    boolean whole) {

  /// Of one that was read whole.
  public PackAudit(
      String pack,
      long bytes,
      List<String> problems,
      List<PackEntry> intact,
      List<PackEntry> lost) {
    this(pack, bytes, problems, intact, lost, true);
  }

  public boolean sound() {
    return problems.isEmpty();
  }
}
