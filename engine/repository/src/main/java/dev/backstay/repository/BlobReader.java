package dev.backstay.repository;

import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.PackStretch;
import dev.backstay.repository.opened.PackWindows;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.store.ObjectStore;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Fetches and opens blobs, verified; tries twice and every copy before it gives up.
final class BlobReader implements AutoCloseable {

  private static final int ATTEMPTS = 2;

  private final PackWindows packs;
  private final CodecPool codecs;
  private final LoadedIndex index;

  BlobReader(ObjectStore store, CodecPool codecs, LoadedIndex index) {
    this.packs = PackWindows.ahead(store, () -> index.index().packSizes());
    this.codecs = codecs;
    this.index = index;
  }

  /// Receives a blob's plain bytes, which are its own only during the call.
  @FunctionalInterface
  interface PlainBytes<T> {
    T take(byte[] bytes, int length);
  }

  /// A copy of the plain bytes.
  ///
  /// @throws DamagedException if it is missing or every copy is damaged
  byte[] load(BlobKind kind, BlobId id) {
    return load(kind, id, Arrays::copyOf);
  }

  <T> T load(BlobKind kind, BlobId id, PlainBytes<T> receiver) {
    List<BlobPlace> places = index.places(kind, id);
    Throwable cause = null;
    for (BlobPlace place : places) {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        try {
          Result<T> result = open(kind, id, place, attempt == 0, receiver);
          if (result != null) {
            return result.value();
          }
        } catch (DamagedException | NotFoundException e) {
          cause = e;
        }
      }
    }
    if (cause instanceof NotFoundException) {
      for (BlobPlace place : index.placesAfresh(kind, id)) {
        Result<T> result = places.contains(place) ? null : tryOpen(kind, id, place, receiver);
        if (result != null) {
          return result.value();
        }
      }
    }
    throw lost(kind, id, places, cause);
  }

  /// Puts a stretch of a pack to the start of an array.
  void fetch(PackStretch stretch, byte[] into) {
    packs.read(stretch, into);
  }

  /// Opens a sealed blob.
  ///
  /// @param sealed holds it
  /// @param from where it begins there
  /// @param plain gets it, to its start
  /// @return false if it is not what the id names
  boolean decode(BlobId id, BlobPlace place, byte[] sealed, int from, byte[] plain) {
    return codecs.with(
            codec -> codec.decode(sealed, from, place.length(), place.plainLength(), id, plain))
        >= 0;
  }

  private <T> @Nullable Result<T> tryOpen(
      BlobKind kind, BlobId id, BlobPlace place, PlainBytes<T> receiver) {
    try {
      return open(kind, id, place, false, receiver);
    } catch (DamagedException | NotFoundException e) {
      return null;
    }
  }

  private record Result<T>(T value) {}

  /// @param near whether what is kept near may answer; not when it is asked again because it did
  ///   not hold
  private <T> @Nullable Result<T> open(
      BlobKind kind, BlobId id, BlobPlace place, boolean near, PlainBytes<T> receiver) {
    byte[] sealed = new byte[place.length()];
    if (!near) {
      packs.direct(place, sealed);
    } else if (kind == BlobKind.TREE) {
      packs.tree(place, sealed);
    } else {
      packs.read(place, sealed);
    }
    return codecs.with((BlobCodec codec) -> decode(codec, id, sealed, place, receiver));
  }

  private static <T> @Nullable Result<T> decode(
      BlobCodec codec, BlobId id, byte[] sealed, BlobPlace place, PlainBytes<T> receiver) {
    int size = codec.decode(sealed, 0, sealed.length, place.plainLength(), id);
    return size < 0 ? null : new Result<>(receiver.take(codec.plain(), size));
  }

  private static DamagedException lost(
      BlobKind kind, BlobId id, List<BlobPlace> places, @Nullable Throwable cause) {
    String where =
        places.isEmpty()
            ? "is in no index"
            : "is damaged or missing in the pack " + places.getFirst().pack();
    return new DamagedException(
        "repository.blob-lost",
        "the " + kind.word() + " blob " + id + " " + where,
        "run 'repo check' to see what is affected; a new backup of the same files stores it again"
            + " once the damaged pack is gone from the index",
        cause);
  }

  @Override
  public void close() {
    packs.close();
  }
}
