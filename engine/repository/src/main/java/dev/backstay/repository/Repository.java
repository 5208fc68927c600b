package dev.backstay.repository;

import dev.backstay.model.ConflictException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Secret;
import dev.backstay.repository.key.Keys;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The door: nothing can be asked of a repository before its password opened it.
public final class Repository {

  private Repository() {}

  /// Makes a new repository. The config is written last: without it there is none.
  ///
  /// @throws dev.backstay.model.ConflictException if there is one already
  /// @throws dev.backstay.model.StorageException if the store refuses
  public static OpenRepository init(
      ObjectStore store, Secret password, RepositorySettings settings) {
    return init(store, password, settings, null);
  }

  /// The same; with another repository's chunker polynomial, so that the same file is cut into the
  /// same blobs in both and a copy between them is not stored twice.
  ///
  /// @param like that other repository, or null
  public static OpenRepository init(
      ObjectStore store,
      Secret password,
      RepositorySettings settings,
      @Nullable OpenRepository like) {
    SecureRandom random = new SecureRandom();
    if (store.exists(StoreKey.CONFIG)) {
      throw new ConflictException(
          "repository.exists",
          "there is a repository at " + store.location() + " already",
          "use it, or name another place");
    }
    store.create();
    refuseRemains(store);
    MasterKey key = MasterKey.random(random);
    String keyId =
        new Keys(store, random)
            .add(
                key,
                password,
                settings.scryptCost(),
                settings.clock().instant(),
                settings.username(),
                settings.hostname());
    CodecPool codecs = new CodecPool(key, random, settings.cores());
    byte[] config = (like == null ? Config.random(random) : Config.like(like, random)).encode();
    store.put(StoreKey.CONFIG, codecs.with(codec -> codec.seal(config)));
    Keys.Opening opening = new Keys.Opening(keyId, key);
    Config written = Config.load(store.get(StoreKey.CONFIG), store, codecs);
    return new UnlockedRepository(store, settings, random, opening, codecs, written);
  }

  /// A repository that lost its config can be saved by a copy of that file, and not any more when
  /// it has another one.
  private static void refuseRemains(ObjectStore store) {
    for (FileKind kind : List.of(FileKind.SNAPSHOT, FileKind.INDEX, FileKind.PACK)) {
      List<StoredFile> files = store.list(kind);
      if (!files.isEmpty()) {
        throw new ConflictException(
            "repository.remains",
            "there is a repository at "
                + store.location()
                + " whose config is missing: "
                + files.size()
                + " files are in its folder "
                + kind.folder(),
            "restore its config from a copy, or name an empty place");
      }
    }
  }

  /// Opens an existing repository. Reads its keys and config; the index is loaded when first
  /// needed.
  ///
  /// @throws dev.backstay.model.NotFoundException if there is none
  /// @throws dev.backstay.model.UnauthenticatedException if no key opens with the password
  /// @throws dev.backstay.model.UnsupportedException if it is of a version we do not know
  /// @throws dev.backstay.model.DamagedException if the config does not hold
  public static OpenRepository open(
      ObjectStore store, Secret password, RepositorySettings settings) {
    SecureRandom random = new SecureRandom();
    byte[] sealed = config(store);
    Keys.Opening key =
        new Keys(store, random).open(password, master -> Config.opens(sealed, master, random));
    CodecPool codecs = new CodecPool(key.master(), random, settings.cores());
    Config config = Config.load(sealed, store, codecs);
    return new UnlockedRepository(store, settings, random, key, codecs, config);
  }

  private static byte[] config(ObjectStore store) {
    try {
      return store.get(StoreKey.CONFIG);
    } catch (NotFoundException e) {
      store.requirePlace();
      throw new NotFoundException(
          "repository.none",
          "there is no repository at " + store.location(),
          "make one with 'repo init', or mount the place where it is");
    }
  }
}
