package dev.backstay.repository.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.seal.Sealer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/// The work on the bytes of one blob at a time: hash, compress, seal, and the way back. Keeps its
/// buffers and native contexts: one per thread, see [CodecPool].
public final class BlobCodec implements AutoCloseable {

  private static final int LEVEL = 3;
  private static final int PROBE = 64 << 10;
  private static final int PIECE = 4 << 10;

  private final Sealer sealer;
  private final MessageDigest digest = sha256();
  private final ZstdCompressCtx compressor = new ZstdCompressCtx();
  private final ZstdCompressCtx probe = new ZstdCompressCtx();
  private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();
  private final byte[] hash = new byte[BlobId.SIZE];
  private byte[] packed = {};
  private byte[] sealed = {};
  private byte[] plain = {};

  BlobCodec(MasterKey key, SecureRandom random) {
    sealer = new Sealer(key, random);
    compressor.setLevel(LEVEL).setChecksum(false).setContentSize(true);
    probe.setLevel(-5).setChecksum(false);
  }

  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  /// In pieces: the JVM compiles the loop inside by how often it is called, so whole blobs at once
  /// would be hashed by an interpreter for the first gigabyte.
  static void update(MessageDigest digest, byte[] bytes, int from, int length) {
    int done = 0;
    for (; length - done > PIECE; done += PIECE) {
      digest.update(bytes, from + done, PIECE);
    }
    digest.update(bytes, from + done, length - done);
  }

  public BlobId id(byte[] bytes, int from, int length) {
    update(digest, bytes, from, length);
    try {
      digest.digest(hash, 0, hash.length);
    } catch (DigestException e) {
      throw new IllegalStateException(e);
    }
    return BlobId.of(hash, 0);
  }

  /// A sealed blob, in [#sealed()] until the next call.
  ///
  /// @param length sealed bytes
  /// @param plainLength plain bytes if it is compressed, 0 if it is stored raw
  public record Encoded(int length, int plainLength) {}

  /// The buffer that [#encode] wrote to.
  public byte[] sealed() {
    return sealed;
  }

  /// Compresses if that helps (trees always), seals, then opens and decompresses again and compares
  /// with the source: a faulty library or memory must not reach a pack (restic #4523, #4677).
  ///
  /// @throws DamagedException if the way back gives other bytes
  public Encoded encode(BlobKind kind, byte[] bytes, int from, int length) {
    int size =
        kind == BlobKind.TREE || promising(bytes, from, length)
            ? compress(bytes, from, length)
            : length;
    boolean compressed = kind == BlobKind.TREE || size < length;
    Encoded encoded;
    if (compressed) {
      sealed = room(sealed, size + Sealer.OVERHEAD);
      encoded = new Encoded(sealer.seal(packed, 0, size, sealed, 0), length);
    } else {
      sealed = room(sealed, length + Sealer.OVERHEAD);
      encoded = new Encoded(sealer.seal(bytes, from, length, sealed, 0), 0);
    }
    verify(encoded, bytes, from, length);
    return encoded;
  }

  /// Data that does not shrink in its first 64 KiB nor in the middle is stored raw without trying.
  private boolean promising(byte[] bytes, int from, int length) {
    if (length <= PROBE) {
      return true;
    }
    return shrinks(bytes, from) || shrinks(bytes, from + (length - PROBE) / 2);
  }

  private boolean shrinks(byte[] bytes, int from) {
    packed = room(packed, (int) Zstd.compressBound(PROBE));
    int size = probe.compressByteArray(packed, 0, packed.length, bytes, from, PROBE);
    return size < PROBE - PROBE / 64;
  }

  private int compress(byte[] bytes, int from, int length) {
    packed = room(packed, (int) Zstd.compressBound(length));
    return compressor.compressByteArray(packed, 0, packed.length, bytes, from, length);
  }

  private void verify(Encoded encoded, byte[] bytes, int from, int length) {
    packed = room(packed, encoded.length());
    int opened = sealer.open(sealed, 0, encoded.length(), packed, 0);
    byte[] back = packed;
    if (encoded.plainLength() > 0 && opened >= 0) {
      plain = room(plain, length);
      opened = decompress(packed, opened, plain, length);
      back = plain;
    }
    if (opened != length || !Arrays.equals(back, 0, length, bytes, from, from + length)) {
      throw new DamagedException(
          "repository.encode",
          "a blob did not come back as it was after compressing and sealing it",
          "the memory or processor of this machine may be faulty: nothing wrong was stored");
    }
  }

  /// @return bytes in `into`, or -1
  private int decompress(byte[] from, int length, byte[] into, int wanted) {
    try {
      return decompressor.decompressByteArray(into, 0, wanted, from, 0, length);
    } catch (ZstdException e) {
      return -1;
    }
  }

  /// Opens a blob into [#plain()]: MAC, zstd, SHA-256.
  ///
  /// @param plainLength plain bytes if it is compressed, 0 if it is stored raw
  /// @return how many plain bytes there are, or -1 if it is not the blob that the id names
  public int decode(byte[] from, int at, int length, int plainLength, BlobId id) {
    plain = room(plain, plainLength == 0 ? length : plainLength);
    return decode(from, at, length, plainLength, id, plain);
  }

  /// The same to the start of an array that has the room.
  public int decode(byte[] from, int at, int length, int plainLength, BlobId id, byte[] into) {
    int size;
    if (plainLength == 0) {
      size = sealer.open(from, at, length, into, 0);
    } else {
      packed = room(packed, length);
      size = sealer.open(from, at, length, packed, 0);
      size = size < 0 ? -1 : decompress(packed, size, into, plainLength);
      size = size == plainLength ? size : -1;
    }
    return size >= 0 && id(into, 0, size).equals(id) ? size : -1;
  }

  /// The buffer that [#decode] wrote to, until the next call.
  public byte[] plain() {
    return plain;
  }

  /// Seals a small thing of its own.
  public byte[] seal(byte[] bytes) {
    return sealer.seal(bytes);
  }

  /// Opens a small thing of its own.
  ///
  /// @return how many bytes were written, or -1
  public int open(byte[] from, byte[] into) {
    return sealer.open(from, 0, from.length, into, 0);
  }

  private static byte[] room(byte[] buffer, int size) {
    if (buffer.length >= size) {
      return buffer;
    }
    // A little more, so that chunks of growing sizes do not each allocate.
    return new byte[Math.max(size, Math.min(size + size / 4, 9 << 20))];
  }

  @Override
  public void close() {
    compressor.close();
    probe.close();
    decompressor.close();
  }
}
