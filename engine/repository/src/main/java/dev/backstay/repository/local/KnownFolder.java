package dev.backstay.repository.local;

import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// What is known of a folder that was backed up whole.
///
/// @param listing see [Listing#digest()]
/// @param tree its tree
/// @param items what is in it, folders not counted
/// @param bytes plain bytes of its files
/// @param folders the trees of the folders in it, ascending by name
/// @param blobs of its files
record KnownFolder(
    BlobId listing, BlobId tree, long items, long bytes, List<BlobId> folders, List<BlobId> blobs) {

  private static final int FIXED = 2 * BlobId.SIZE + 2 * Long.BYTES + 2 * Integer.BYTES;

  /// Whether its tree and what its files need can still be referred to. Folders speak for
  /// themselves.
  boolean isIn(RepositoryWriter writer) {
    return writer.hasTree(tree) && blobs.stream().allMatch(writer::has);
  }

  byte[] bytesOf() {
    int size = FIXED + BlobId.SIZE * (folders.size() + blobs.size());
    ByteBuffer out = ByteBuffer.allocate(size);
    out.put(listing.bytes()).put(tree.bytes()).putLong(items).putLong(bytes);
    out.putInt(folders.size()).putInt(blobs.size());
    folders.forEach(id -> out.put(id.bytes()));
    blobs.forEach(id -> out.put(id.bytes()));
    return out.array();
  }

  static KnownFolder of(ByteBuffer in) {
    BlobId listing = id(in);
    BlobId tree = id(in);
    long items = in.getLong();
    long bytes = in.getLong();
    int folders = in.getInt();
    int blobs = in.getInt();
    return new KnownFolder(listing, tree, items, bytes, ids(in, folders), ids(in, blobs));
  }

  private static List<BlobId> ids(ByteBuffer in, int count) {
    List<BlobId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(id(in));
    }
    return ids;
  }

  private static BlobId id(ByteBuffer in) {
    return new BlobId(in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
