package dev.backstay.repository.local;

import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Writes a [ParentCache] while a backup goes on, and puts it in place when the snapshot exists.
/// Never the reason why a backup fails. Safe for use by many threads.
final class ParentCacheWriter implements AutoCloseable {

  private final Path file;
  private final MessageDigest digest = Listing.sha256();
  private @Nullable Path temporary;
  private @Nullable DataOutputStream out;

  /// @param file where it will be; null if nothing is to be kept
  ParentCacheWriter(@Nullable Path file) {
    this.file = file == null ? Path.of("") : file;
    if (file == null) {
      return;
    }
    try {
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      temporary = Files.createTempFile(folder, "parent-", ".tmp");
      out =
          new DataOutputStream(
              new DigestOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16), digest));
    } catch (IOException e) {
      giveUp();
    }
  }

  synchronized void add(FilePath path, KnownFolder folder) {
    DataOutputStream open = out;
    if (open == null) {
      return;
    }
    try {
      byte[] name = path.bytes();
      byte[] record = folder.bytesOf();
      open.writeInt(name.length);
      open.write(name);
      open.writeInt(record.length);
      open.write(record);
    } catch (IOException e) {
      giveUp();
    }
  }

  /// The snapshot exists: what was added describes it.
  synchronized void keep(BlobId snapshot, BlobId accounts) {
    DataOutputStream open = out;
    Path written = temporary;
    if (open == null || written == null) {
      return;
    }
    try {
      open.writeInt(ParentCache.END);
      open.write(snapshot.bytes());
      open.write(accounts.bytes());
      open.write(digest.digest());
      open.close();
      Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      out = null;
      temporary = null;
    } catch (IOException e) {
      giveUp();
    }
  }

  private void giveUp() {
    try {
      DataOutputStream open = out;
      out = null;
      if (open != null) {
        open.close();
      }
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      // A full disk, say. The next backup takes a little longer.
    }
  }

  @Override
  public synchronized void close() {
    giveUp();
  }
}
