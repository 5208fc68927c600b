package dev.backstay.repository.lock;

import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoredFile;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A lock that somebody holds, or that was left behind.
///
/// @param name its file's name
/// @param origin the name of its first file: what stays the same when it is renewed. Only locks of
///   ours tell it; of others it is the name.
/// @param hostname empty, as the others, if its file cannot be read
/// @param program `backstay` if it is one of ours, else empty
public record HeldLock(
    String name,
    String origin,
    Instant time,
    boolean exclusive,
    String hostname,
    String username,
    long pid,
    String program) {

  private static final int LISTINGS = 20;

  /// All that are there, though some are renewed meanwhile: what any listing shows counts, and
  /// there is one more until nothing of it was gone before it could be read. Files that a torn
  /// upload left empty are none.
  ///
  /// @throws ConflictException if they come and go too quickly
  public static List<HeldLock> list(ObjectStore store, SealedFiles files) {
    Map<String, HeldLock> found = new LinkedHashMap<>();
    int complete = 0;
    for (int listing = 0; listing < LISTINGS; listing++) {
      complete = look(store, files, found) ? complete + 1 : 0;
      if (complete == 2) {
        return List.copyOf(found.values());
      }
    }
    throw new ConflictException(
        "repository.locks-unsteady",
        "the locks on the repository at " + store.location() + " change faster than they are read",
        "try again");
  }

  private static boolean look(ObjectStore store, SealedFiles files, Map<String, HeldLock> found) {
    boolean complete = true;
    for (StoredFile file : store.list(FileKind.LOCK)) {
      String name = file.key().name();
      if (file.size() > 0 && !found.containsKey(name)) {
        try {
          found.put(name, LockFile.decode(files.load(file.key()), file.key()).held(name));
        } catch (NotFoundException e) {
          complete = false;
        } catch (DamagedException e) {
          found.put(name, unreadable(name));
        }
      }
    }
    return complete;
  }

  private static HeldLock unreadable(String name) {
    return new HeldLock(name, name, Instant.EPOCH, false, "", "", 0, "");
  }

  public boolean readable() {
    return !hostname.isEmpty();
  }

  /// Whether it is one of this program, which knows what a prune sets aside.
  public boolean ours() {
    return program.equals(LockFile.PROGRAM);
  }

  /// Whether it is that lock or a renewed one. Processes of other programs are told by their
  /// numbers, which others may get later.
  public boolean sameHolder(HeldLock other) {
    if (ours() && other.ours()) {
      return origin.equals(other.origin);
    }
    return name.equals(other.name)
        || (pid == other.pid && hostname.equals(other.hostname) && username.equals(other.username));
  }

  public String describe() {
    return readable()
        ? (username.isEmpty() ? "" : username + " on ") + hostname + " (process " + pid + ")"
        : "the unreadable lock " + name;
  }
}
