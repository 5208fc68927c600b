package dev.backstay.repository.local;

import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What this machine remembers of the parent snapshot: for each folder a digest of its listing, its
/// tree, and the blobs it needs.
///
/// A file of records (`int path length, path, int length, record`), then a length of -1, the
/// snapshot's id, a fingerprint of the accounts, and the SHA-256 of all before. Anything unexpected
/// in it makes it as if it were not there. Safe for use by many threads.
final class ParentCache {

  static final int END = -1;
  private static final int TRAILER = 3 * BlobId.SIZE + Integer.BYTES;

  private final byte[] bytes;
  private final Map<FilePath, Integer> places = new HashMap<>();

  private ParentCache(byte[] bytes) {
    this.bytes = bytes;
  }

  static ParentCache none() {
    return new ParentCache(new byte[0]);
  }

  /// Empty if the file is missing, damaged, or about another snapshot.
  static ParentCache load(Path file, BlobId snapshot, BlobId accounts) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return holds(bytes, snapshot, accounts) ? new ParentCache(bytes).indexed() : none();
    } catch (IOException
        | OutOfMemoryError
        | BufferUnderflowException
        | IllegalArgumentException e) {
      // It only saves time: what is not remembered is looked up.
      return none();
    }
  }

  private static boolean holds(byte[] bytes, BlobId snapshot, BlobId accounts) {
    int end = bytes.length - BlobId.SIZE;
    if (bytes.length < TRAILER
        || !BlobId.of(bytes, end - 2 * BlobId.SIZE).equals(snapshot)
        || !BlobId.of(bytes, end - BlobId.SIZE).equals(accounts)) {
      return false;
    }
    MessageDigest digest = Listing.sha256();
    digest.update(bytes, 0, end);
    return BlobId.of(digest.digest(), 0).equals(BlobId.of(bytes, end));
  }

  private ParentCache indexed() {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    for (int length = in.getInt(); length != END; length = in.getInt()) {
      byte[] path = Arrays.copyOfRange(bytes, in.position(), in.position() + length);
      in.position(in.position() + length);
      int size = in.getInt();
      places.put(FilePath.ofBytes(path), in.position());
      in.position(in.position() + size);
    }
    return this;
  }

  /// @param path absolute
  @Nullable KnownFolder find(FilePath path) {
    Integer place = places.get(path);
    return place == null ? null : KnownFolder.of(ByteBuffer.wrap(bytes).position(place));
  }
}
