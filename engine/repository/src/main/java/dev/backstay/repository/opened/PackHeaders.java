package dev.backstay.repository.opened;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.PackHeader;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Reads what packs say about themselves.
public final class PackHeaders {

  /// Enough for the header of most packs in one request.
  private static final int FIRST = 8 << 10;

  /// Larger ones exist in no repository that any tool wrote.
  private static final int LARGEST = 32 << 20;

  private static final int ATTEMPTS = 2;

  private final Opened opened;

  public PackHeaders(Opened opened) {
    this.opened = opened;
  }

  /// The blobs of a pack in their order; empty if its header does not hold or does not account for
  /// every byte of the file.
  ///
  /// @param size bytes of the file
  /// @throws dev.backstay.model.NotFoundException if there is no such pack
  public Optional<List<PackEntry>> read(String pack, long size) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Optional<List<PackEntry>> header = attempt(new StoreKey(FileKind.PACK, pack), size);
        if (header.isPresent()) {
          return header;
        }
      } catch (DamagedException e) {
        // Shorter than listed: a second look.
      }
    }
    return Optional.empty();
  }

  private Optional<List<PackEntry>> attempt(StoreKey pack, long size) {
    int have = (int) Math.min(size, FIRST);
    byte[] tail = new byte[have];
    opened.store().read(pack, size - have, tail, 0, have);
    int length = length(tail, have, size);
    if (length > 0 && length + PackHeader.TRAILER > have) {
      tail = new byte[length + PackHeader.TRAILER];
      opened.store().read(pack, size - tail.length, tail, 0, tail.length);
    }
    return inTail(tail, tail.length, size);
  }

  /// The same from the last bytes of a pack, read already.
  ///
  /// @param bytes hold them before `end`
  /// @return empty too if the header begins before them
  Optional<List<PackEntry>> inTail(byte[] bytes, int end, long size) {
    int length = length(bytes, end, size);
    int from = end - PackHeader.TRAILER - length;
    return length == 0 || from < 0
        ? Optional.empty()
        : open(Arrays.copyOfRange(bytes, from, from + length))
            .filter(entries -> bytes(entries) + length + PackHeader.TRAILER == size);
  }

  /// What a pack's last bytes say about the length of its header; 0 if it cannot be.
  private static int length(byte[] bytes, int end, long size) {
    if (end < PackHeader.FRAME) {
      return 0;
    }
    int length =
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end - PackHeader.TRAILER);
    boolean may = length >= Sealer.OVERHEAD && length <= LARGEST && length + 4L <= size;
    return may ? length : 0;
  }

  private Optional<List<PackEntry>> open(byte[] sealed) {
    byte[] plain = new byte[sealed.length - Sealer.OVERHEAD];
    int size = opened.codecs().with(codec -> codec.open(sealed, plain));
    return size < 0 ? Optional.empty() : PackHeader.decode(plain, size);
  }

  private static long bytes(List<PackEntry> entries) {
    return entries.stream().mapToLong(PackEntry::length).sum();
  }

  /// How many bytes a pack of these blobs has.
  public static long size(List<PackEntry> entries) {
    return PackHeader.FRAME
        + entries.stream()
            .mapToLong(e -> (long) e.length() + PackHeader.entryLength(e.plainLength() > 0))
            .sum();
  }
}
