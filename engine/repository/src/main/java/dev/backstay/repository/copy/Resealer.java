package dev.backstay.repository.copy;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.security.MessageDigest;
import java.util.Arrays;

/// Opens with one key and seals with another; what it opened is verified down to the id. Keeps its
/// buffers: one per thread.
final class Resealer {

  private final Opened source;
  private final Sealer from;
  private final Sealer to;
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private final MessageDigest digest = BlobCodec.sha256();
  private byte[] read = {};
  private byte[] packed = {};
  private byte[] plain = {};
  private byte[] sealed = {};

  Resealer(Opened source, Opened target) {
    this.source = source;
    from = new Sealer(source.key(), source.random());
    to = new Sealer(target.key(), target.random());
  }

  /// The bytes from a place on, until the next call.
  byte[] read(BlobPlace first, int length) {
    read = room(read, length);
    source.store().read(new StoreKey(FileKind.PACK, first.pack()), first.offset(), read, 0, length);
    return read;
  }

  /// @return how many sealed bytes there are in [#sealed()], or -1 if it is not that blob
  int reseal(byte[] bytes, int at, BlobPlace place, BlobId id) {
    packed = room(packed, place.length());
    int size = from.open(bytes, at, place.length(), packed, 0);
    if (size < 0 || !is(id, size, place.plainLength())) {
      return -1;
    }
    sealed = room(sealed, size + Sealer.OVERHEAD);
    int length = to.seal(packed, 0, size, sealed, 0);
    verify(length, size);
    return length;
  }

  private boolean is(BlobId id, int size, int plainLength) {
    if (plainLength == 0) {
      digest.update(packed, 0, size);
    } else {
      plain = room(plain, plainLength);
      try {
        if (decompressor.decompressByteArray(plain, 0, plainLength, packed, 0, size)
            != plainLength) {
          return false;
        }
      } catch (ZstdException e) {
        return false;
      }
      digest.update(plain, 0, plainLength);
    }
    return BlobId.of(digest.digest(), 0).equals(id);
  }

  /// The way back before it goes into a pack (restic #4523).
  private void verify(int length, int size) {
    plain = room(plain, size);
    int opened = to.open(sealed, 0, length, plain, 0);
    if (opened != size || !Arrays.equals(plain, 0, size, packed, 0, size)) {
      throw new DamagedException(
          "repository.encode",
          "a blob did not come back as it was after sealing it",
          "the memory or processor of this machine may be faulty: nothing wrong was stored");
    }
  }

  byte[] sealed() {
    return sealed;
  }

  private static byte[] room(byte[] buffer, int size) {
    return buffer.length >= size ? buffer : new byte[Math.max(size, 9 << 20)];
  }
}
