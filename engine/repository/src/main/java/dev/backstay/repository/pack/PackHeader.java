package dev.backstay.repository.pack;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.seal.Sealer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The list of blobs at the end of a pack: `sealed header || uint32le(length of it)`, entries of 37
/// (raw) or 41 (zstd) bytes in the order of the blobs (restic `doc/design.rst`, "Pack Format").
public final class PackHeader {

  static final int RAW = 37;
  static final int COMPRESSED = 41;

  /// The length behind the header.
  public static final int TRAILER = 4;

  /// Bytes of a pack that are neither blobs nor entries: the seal of the header and its length.
  public static final int FRAME = 32 + TRAILER;

  private static final int LARGEST = 1 << 30;

  private PackHeader() {}

  /// Bytes that a blob takes in the header.
  public static int entryLength(boolean compressed) {
    return compressed ? COMPRESSED : RAW;
  }

  static byte[] encode(List<PackEntry> entries) {
    ByteBuffer out =
        ByteBuffer.allocate(entries.size() * COMPRESSED).order(ByteOrder.LITTLE_ENDIAN);
    for (PackEntry entry : entries) {
      boolean compressed = entry.plainLength() > 0;
      out.put((byte) (entry.kind().code() + (compressed ? 2 : 0)));
      out.putInt(entry.length());
      if (compressed) {
        out.putInt(entry.plainLength());
      }
      out.put(entry.id().bytes());
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    return bytes;
  }

  /// @param header opened
  /// @return empty if it is malformed
  public static Optional<List<PackEntry>> decode(byte[] header, int length) {
    ByteBuffer in = ByteBuffer.wrap(header, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    List<PackEntry> entries = new ArrayList<>();
    long offset = 0;
    byte[] id = new byte[BlobId.SIZE];
    while (in.hasRemaining()) {
      int type = in.get();
      boolean compressed = type >= 2;
      if (type < 0 || type > 3 || in.remaining() < (compressed ? COMPRESSED : RAW) - 1) {
        return Optional.empty();
      }
      int sealed = in.getInt();
      int plain = compressed ? in.getInt() : 0;
      in.get(id);
      // Larger blobs exist in no repository that any tool wrote, and no array could hold them.
      if (sealed < Sealer.OVERHEAD || sealed > LARGEST || plain < 0 || plain > LARGEST) {
        return Optional.empty();
      }
      BlobKind kind = (type & 1) == 0 ? BlobKind.DATA : BlobKind.TREE;
      entries.add(new PackEntry(kind, BlobId.of(id, 0), offset, sealed, plain));
      offset += sealed;
    }
    return Optional.of(entries);
  }
}
