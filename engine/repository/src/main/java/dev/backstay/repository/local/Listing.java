package dev.backstay.repository.local;

import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.local.Posix.Stat;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// What a folder holds at one moment, ascending by name, as the file system tells it.
record Listing(List<Entry> entries) {

  private static final int NUMBERS = 12 * Long.BYTES;

  /// A name with what `statx` says of it.
  record Entry(FilePath name, Stat stat) {}

  /// Changes when anything does that a tree would keep, down to a file's ctime. What is in folders
  /// below does not count.
  BlobId digest() {
    MessageDigest digest = sha256();
    ByteBuffer numbers = ByteBuffer.allocate(NUMBERS);
    for (Entry entry : entries) {
      put(numbers.clear(), entry);
      digest.update(numbers.array(), 0, NUMBERS);
      digest.update(entry.name().bytes());
    }
    return BlobId.of(digest.digest(), 0);
  }

  private static void put(ByteBuffer numbers, Entry entry) {
    Stat stat = entry.stat();
    boolean linked = stat.is(0010000) || (!stat.isFolder() && stat.links() > 1);
    numbers.putLong(entry.name().length()).putLong(stat.mode()).putLong(stat.links());
    numbers.putLong(stat.uid()).putLong(stat.gid()).putLong(stat.inode()).putLong(stat.size());
    numbers.putLong(stat.modified()).putLong(stat.changed());
    numbers.putLong((long) stat.modifiedNanos() << 32 | stat.changedNanos());
    numbers.putLong(stat.device()).putLong(linked ? stat.fileSystem() : 0);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
