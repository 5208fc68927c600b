package dev.backstay.repository.pack;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStream;
import dev.backstay.model.DamagedException;
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
/// a bracket, as version 1 wrote it. Locks are written raw: a repository of version 1 is locked
/// too, and programs that work with it know nothing else.
public final class SealedFiles {

  private static final byte ZSTD = 2;
  private static final int LEVEL = 3;

  /// An index file of two million blobs. What claims to be more is a bomb.
  private static final int LARGEST = 256 << 20;

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
    byte[] plain = kind == FileKind.LOCK ? json : compressed(json);
    byte[] sealed = codecs.with(codec -> codec.seal(plain));
    Opened back = new Opened();
    if (!open(sealed, back) || !Arrays.equals(json, 0, json.length, back.json, 0, back.length)) {
      throw new DamagedException(
          "repository.encode",
          "a file did not come back as it was after compressing and sealing it",
          "the memory or processor of this machine may be faulty: nothing wrong was stored");
    }
    String name = id(sealed);
    store.put(new StoreKey(kind, name), sealed);
    return name;
  }

  private static byte[] compressed(byte[] json) {
    byte[] packed = Zstd.compress(json, LEVEL);
    byte[] plain = new byte[packed.length + 1];
    plain[0] = ZSTD;
    System.arraycopy(packed, 0, plain, 1, packed.length);
    return plain;
  }

  /// Fetches a file; a second time if it does not hold.
  ///
  /// @throws DamagedException if its hash, MAC or form does not hold
  public byte[] load(StoreKey key) {
    Opened opened = new Opened();
    load(key, opened);
    return Arrays.copyOf(opened.json, opened.length);
  }

  /// The same into buffers that are used again.
  public void load(StoreKey key, Opened into) {
    boolean holds = open(key, store.get(key), into);
    if (!holds) {
      holds = open(key, store.get(key), into);
    }
    if (!holds) {
      throw Damage.of("repository.file-damaged", key, "is damaged: its hash or MAC does not hold");
    }
  }

  private boolean open(StoreKey key, byte[] sealed, Opened into) {
    return id(sealed).equals(key.name()) && open(sealed, into);
  }

  private boolean open(byte[] sealed, Opened into) {
    byte[] plain = into.plain(sealed.length);
    int size = codecs.with(codec -> codec.open(sealed, plain));
    if (size < 1) {
      return false;
    }
    if (plain[0] == '[' || plain[0] == '{') {
      System.arraycopy(plain, 0, into.json(size), 0, size);
      return true;
    }
    return plain[0] == ZSTD && decompress(plain, size, into);
  }

  /// In one go where the plain length is known, else streamed: a writer may leave it out.
  private static boolean decompress(byte[] plain, int size, Opened into) {
    long length = Zstd.getFrameContentSize(plain, 1, size - 1, false);
    try {
      if (length > 0 && length <= LARGEST) {
        byte[] json = into.json((int) length);
        return Zstd.decompressByteArray(json, 0, (int) length, plain, 1, size - 1) == length;
      }
      ByteArrayInputStream packed = new ByteArrayInputStream(plain, 1, size - 1);
      try (ZstdInputStream in = new ZstdInputStream(packed)) {
        byte[] all = in.readNBytes(LARGEST + 1);
        if (all.length > LARGEST) {
          return false;
        }
        System.arraycopy(all, 0, into.json(all.length), 0, all.length);
        return true;
      }
    } catch (ZstdException | IOException e) {
      return false;
    }
  }

  /// The plain bytes of a file. Not safe for use by several threads.
  public static final class Opened {

    private byte[] plain = {};
    private byte[] json = {};
    private int length;

    /// The bytes, of which the first [#length()] count.
    public byte[] json() {
      return json;
    }

    public int length() {
      return length;
    }

    private byte[] plain(int size) {
      plain = plain.length < size ? new byte[size] : plain;
      return plain;
    }

    private byte[] json(int size) {
      json = json.length < size ? new byte[size] : json;
      length = size;
      return json;
    }
  }
}
