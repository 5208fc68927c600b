package dev.backstay.repository.pack;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.seal.Sealer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// A pack that is being filled, in one array; its SHA-256 grows with it. Not safe for many threads.
public final class PackBuilder {

  /// Sealed blobs that a pack is meant to hold, as restic's default.
  public static final int TARGET = 16 << 20;

  /// Packs stay below this many blobs, so that the header has its room.
  private static final int BLOBS = 10_000;

  private static final int HEADER_ROOM = BLOBS * PackHeader.COMPRESSED + Sealer.OVERHEAD + 4;

  /// What a pooled array has.
  public static final int CAPACITY = TARGET + HEADER_ROOM;

  private final byte[] bytes;
  private final boolean pooled;
  private final MessageDigest digest = BlobCodec.sha256();
  private final List<PackEntry> entries = new ArrayList<>();
  private int size;

  /// @param bytes [#CAPACITY] of them
  public PackBuilder(byte[] bytes) {
    this(bytes, true);
  }

  private PackBuilder(byte[] bytes, boolean pooled) {
    this.bytes = bytes;
    this.pooled = pooled;
  }

  /// For one blob that no pooled array can hold: the tree of a huge folder.
  public static PackBuilder ofOne(int length) {
    return new PackBuilder(new byte[length + HEADER_ROOM], false);
  }

  /// Whether the array goes back to a pool.
  public boolean pooled() {
    return pooled;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public List<PackEntry> entries() {
    return entries;
  }

  public boolean fits(int length) {
    return entries.size() < BLOBS && (long) size + length + HEADER_ROOM <= bytes.length;
  }

  public void append(BlobKind kind, BlobId id, byte[] sealed, int from, int length, int plain) {
    System.arraycopy(sealed, from, bytes, size, length);
    BlobCodec.update(digest, bytes, size, length);
    entries.add(new PackEntry(kind, id, size, length, plain));
    size += length;
  }

  /// Takes over all blobs of another pack, as they are.
  public void append(PackBuilder other) {
    for (PackEntry entry : other.entries) {
      append(
          entry.kind(),
          entry.id(),
          other.bytes,
          (int) entry.offset(),
          entry.length(),
          entry.plainLength());
    }
  }

  /// Takes blobs out; those behind them move up, and what stays is hashed once more. To be called
  /// before [#finish].
  ///
  /// @return what was taken out
  public List<PackEntry> remove(Predicate<PackEntry> which) {
    List<PackEntry> removed = entries.stream().filter(which).toList();
    if (!removed.isEmpty()) {
      Set<PackEntry> gone = new HashSet<>(removed);
      List<PackEntry> stay = entries.stream().filter(entry -> !gone.contains(entry)).toList();
      entries.clear();
      digest.reset();
      size = 0;
      for (PackEntry e : stay) {
        append(e.kind(), e.id(), bytes, (int) e.offset(), e.length(), e.plainLength());
      }
    }
    return removed;
  }

  /// Adds the header.
  ///
  /// @return the pack's id, 64 hex characters
  public String finish(Sealer sealer) {
    int from = size;
    byte[] header = PackHeader.encode(entries);
    int sealed = sealer.seal(header, 0, header.length, bytes, size);
    size += sealed;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(size, sealed);
    size += PackHeader.TRAILER;
    BlobCodec.update(digest, bytes, from, size - from);
    return HexFormat.of().formatHex(digest.digest());
  }
}
