package dev.backstay.repository.opened;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.pack.PackEntry;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Verifies whole packs: hash, header, MAC, decompression and id of every blob, no gaps. Each
/// caller reads into an array of its own, so as many are in memory as there are callers at once.
public final class PackAuditor {

  /// Read at once: a pack of restic's default size, or a part of a larger one.
  static final int PIECE = 20 << 20;

  private static final int MOST = 8;

  private final Opened opened;
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();

  public PackAuditor(Opened opened) {
    this.opened = opened;
  }

  /// How many callers at once are worth it: while some wait for the store others work.
  public int callers() {
    return Math.min(opened.readers(), MOST);
  }

  /// A pack that does not hold is read a second time: the first may have gone wrong on its way.
  ///
  /// @param size bytes of the file
  /// @param indexed what the index says about it
  /// @throws NotFoundException if it is not there
  public PackAudit audit(String pack, long size, List<PackEntry> indexed) {
    PackAudit first = attempt(pack, size, indexed);
    return first.sound() ? first : attempt(pack, size, indexed);
  }

  private PackAudit attempt(String pack, long size, List<PackEntry> indexed) {
    byte[] buffer = free.poll();
    buffer = buffer == null ? new byte[PIECE] : buffer;
    try {
      return new PackReading(opened, pack, size, indexed, buffer).audit();
    } catch (DamagedException e) {
      return new PackAudit(
          pack, size, List.of("cannot be read: " + e.getMessage()), List.of(), indexed, false);
    } finally {
      free.add(buffer);
    }
  }
}
