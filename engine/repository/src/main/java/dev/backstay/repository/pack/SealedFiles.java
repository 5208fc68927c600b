package dev.backstay.repository.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import dev.backstay.model.DamagedException;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.Damage;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// Index, snapshot and lock files: sealed JSON, compressed behind a byte `2`; raw if it begins with
/// a bracket, as version 1 wrote it.
public final class SealedFiles {

  private static final byte ZSTD = 2;
  private static final int LEVEL = 3;

  private final ObjectStore store;
  private final CodecPool codecs;

  public SealedFiles(ObjectStore store, CodecPool codecs) {
    this.store = store;
    this.codecs = codecs;
  }

  public static String id(byte[] bytes) {
    MessageDigest digest = BlobCodec.sha256();
    BlobCodec.update(digest, bytes, 0, bytes.length);
    return HexFormat.of().formatHex(digest.digest());
  }

  /// @return its name, 64 hex characters
  public String save(FileKind kind, byte[] json) {
    byte[] packed = Zstd.compress(json, LEVEL);
    byte[] plain = new byte[packed.length + 1];
    plain[0] = ZSTD;
    System.arraycopy(packed, 0, plain, 1, packed.length);
    byte[] sealed = codecs.with(codec -> codec.seal(plain));
    if (!Arrays.equals(json, open(sealed))) {
      throw new DamagedException(
          "repository.encode",
          "a file did not come back as it was after compressing and sealing it",
          "the memory or processor of this machine may be faulty: nothing wrong was stored");
    }
    String name = id(sealed);
    store.put(new StoreKey(kind, name), sealed);
    return name;
  }

  /// Fetches a file; a second time if it does not hold.
  ///
  /// @throws DamagedException if its hash, MAC or form does not hold
  public byte[] load(StoreKey key) {
    byte[] json = open(key, store.get(key));
    json = json == null ? open(key, store.get(key)) : json;
    if (json == null) {
      throw Damage.of("repository.file-damaged", key, "is damaged: its hash or MAC does not hold");
    }
    return json;
  }

  private byte @org.jspecify.annotations.Nullable [] open(StoreKey key, byte[] sealed) {
    return id(sealed).equals(key.name()) ? open(sealed) : null;
  }

  private byte @org.jspecify.annotations.Nullable [] open(byte[] sealed) {
    byte[] opened = new byte[Math.max(0, sealed.length - Sealer.OVERHEAD)];
    int size = codecs.with(codec -> codec.open(sealed, opened));
    if (size < 1) {
      return null;
    }
    if (opened[0] == '[' || opened[0] == '{') {
      return opened;
    }
    return opened[0] == ZSTD ? decompress(opened) : null;
  }

  /// Streamed, because a writer may leave the plain length out.
  private static byte @org.jspecify.annotations.Nullable [] decompress(byte[] opened) {
    ByteArrayInputStream packed = new ByteArrayInputStream(opened, 1, opened.length - 1);
    try (ZstdInputStream in = new ZstdInputStream(packed)) {
      return in.readAllBytes();
    } catch (ZstdException | IOException e) {
      return null;
    }
  }
}
