package dev.backstay.repository.opened;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.pack.BlobCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Fetches single blobs by what one loaded index says, without a second look at the store's
/// listing; every copy twice before it gives up. What it says of the store is true of the store: no
/// local cache answers.
public final class BlobFetcher {

  private static final int ATTEMPTS = 2;

  private final Opened opened;
  private final BlobIndex index;
  private final PackWindows windows;
  private final boolean tolerant;

  /// A pack that the store refuses to read ends the work: whoever changes the repository by what is
  /// read must not take it for lost.
  public BlobFetcher(Opened opened, BlobIndex index) {
    this(opened, index, false);
  }

  private BlobFetcher(Opened opened, BlobIndex index, boolean tolerant) {
    this.opened = opened;
    this.index = index;
    this.windows = PackWindows.of(opened.store(), index::packSizes);
    this.tolerant = tolerant;
  }

  /// One to which a pack that the store refuses to read, while it reads others, is damaged.
  public static BlobFetcher forChecking(Opened opened, BlobIndex index) {
    return new BlobFetcher(opened, index, true);
  }

  /// The plain bytes.
  ///
  /// @throws DamagedException if it is in no index, or no copy holds
  public byte[] load(BlobKind kind, BlobId id) {
    List<BlobPlace> places = index.findAll(kind, id);
    Throwable cause = null;
    for (BlobPlace place : places) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          byte[] plain = open(id, place, kind == BlobKind.TREE && attempt == 0);
          if (plain != null) {
            return plain;
          }
        } catch (DamagedException | NotFoundException e) {
          cause = e;
        } catch (StorageException e) {
          if (!tolerant) {
            throw e;
          }
          Outage.refuse(opened, e);
          cause = e;
        }
      }
    }
    throw lost(kind, id, places, cause);
  }

  /// @param near whether neighbours may come along: trees are read one after the other, and each
  ///   would be a request
  private byte @Nullable [] open(BlobId id, BlobPlace place, boolean near) {
    byte[] sealed = new byte[place.length()];
    if (near && opened.store().capabilities().far()) {
      windows.read(place, sealed);
    } else {
      windows.direct(place, sealed);
    }
    return opened.codecs().with((BlobCodec codec) -> decode(codec, id, sealed, place)).orElse(null);
  }

  private static Optional<byte[]> decode(
      BlobCodec codec, BlobId id, byte[] sealed, BlobPlace place) {
    int size = codec.decode(sealed, 0, sealed.length, place.plainLength(), id);
    return size < 0 ? Optional.empty() : Optional.of(Arrays.copyOf(codec.plain(), size));
  }

  private static DamagedException lost(
      BlobKind kind, BlobId id, List<BlobPlace> places, @Nullable Throwable cause) {
    String where =
        places.isEmpty()
            ? "is in no index"
            : (cause instanceof StorageException
                    ? "cannot be read (" + cause.getMessage() + ")"
                    : "is damaged or missing")
                + " in the pack "
                + places.getFirst().pack();
    return new DamagedException(
        "repository.blob-lost",
        "the " + kind.word() + " blob " + id + " " + where,
        "run 'repo check' to see what is affected, then the repairs that it names",
        cause);
  }
}
