package dev.backstay.repository;

import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.PackHeader;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A whole pack in memory, to be verified.
final class PackReader {

  private final CodecPool codecs;
  private final String pack;
  private final byte[] bytes;

  PackReader(ObjectStore store, CodecPool codecs, String pack) {
    this.codecs = codecs;
    this.pack = pack;
    StoreKey key = new StoreKey(FileKind.PACK, pack);
    byte[] first = store.get(key);
    // A second look before it is called damaged: the first may have gone wrong on its way.
    this.bytes = SealedFiles.id(first).equals(pack) ? first : store.get(key);
  }

  int size() {
    return bytes.length;
  }

  /// @param blobs what the index says
  /// @param problems gets one sentence for each thing that does not hold
  void verify(List<PackEntry> blobs, Consumer<String> problems) {
    if (!SealedFiles.id(bytes).equals(pack)) {
      problems.accept("is damaged: its SHA-256 is not its name");
    }
    Optional<List<PackEntry>> header = header();
    if (header.isEmpty()) {
      problems.accept("has a damaged header");
    } else if (!new HashSet<>(header.get()).equals(new HashSet<>(blobs))) {
      problems.accept("has a header that differs from the index");
    }
    List<PackEntry> ordered =
        blobs.stream().sorted(Comparator.comparingLong(PackEntry::offset)).toList();
    long next = 0;
    for (PackEntry entry : ordered) {
      if (entry.offset() != next) {
        problems.accept("has a gap or overlap before blob " + entry.id());
      }
      next = entry.offset() + entry.length();
      if (!holds(entry)) {
        problems.accept("has a damaged blob " + entry.id());
      }
    }
  }

  private boolean holds(PackEntry entry) {
    if (entry.offset() + entry.length() > bytes.length) {
      return false;
    }
    int from = (int) entry.offset();
    return codecs.with(
            codec -> codec.decode(bytes, from, entry.length(), entry.plainLength(), entry.id()))
        >= 0;
  }

  private Optional<List<PackEntry>> header() {
    int end = bytes.length - PackHeader.TRAILER;
    if (end < Sealer.OVERHEAD) {
      return Optional.empty();
    }
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    if (length < Sealer.OVERHEAD || length > end) {
      return Optional.empty();
    }
    byte[] sealed = Arrays.copyOfRange(bytes, end - length, end);
    byte[] plain = new byte[length - Sealer.OVERHEAD];
    int size = codecs.with(codec -> codec.open(sealed, plain));
    return size < 0 ? Optional.empty() : PackHeader.decode(plain, size);
  }
}
