package dev.backstay.repository.lock;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoredFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A lock that somebody holds, or that was left behind.
///
/// @param name its file's name
/// @param hostname empty, as the others, if its file cannot be read
/// @param program `backstay` if it is one of ours, else empty
public record HeldLock(
    String name,
    Instant time,
    boolean exclusive,
    String hostname,
    String username,
    long pid,
    String program) {

  /// All that are there. Files that a torn upload left empty are none.
  public static List<HeldLock> list(ObjectStore store, SealedFiles files) {
    List<HeldLock> locks = new ArrayList<>();
    for (StoredFile file : store.list(FileKind.LOCK)) {
      if (file.size() > 0) {
        try {
          locks.add(LockFile.decode(files.load(file.key()), file.key()).held(file.key().name()));
        } catch (NotFoundException e) {
          // Released or renewed since it was listed: the caller lists twice.
        } catch (DamagedException e) {
          locks.add(new HeldLock(file.key().name(), Instant.EPOCH, false, "", "", 0, ""));
        }
      }
    }
    return locks;
  }

  public boolean readable() {
    return !hostname.isEmpty();
  }

  /// Whether it is one of this program, which knows what a prune sets aside.
  public boolean ours() {
    return program.equals(LockFile.PROGRAM);
  }

  /// Whether the same process holds it, be it that lock or a renewed one.
  public boolean sameHolder(HeldLock other) {
    return name.equals(other.name)
        || (pid == other.pid && hostname.equals(other.hostname) && username.equals(other.username));
  }

  public String describe() {
    return readable()
        ? (username.isEmpty() ? "" : username + " on ") + hostname + " (process " + pid + ")"
        : "the unreadable lock " + name;
  }
}
