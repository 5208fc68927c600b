package dev.backstay.repository.key;

import dev.backstay.model.EngineException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Secret;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.seal.Scrypt;
import dev.backstay.repository.store.Damage;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The key files of a repository: one for each password.
public final class Keys {

  private static final int R = 8;
  private static final int LANES = 5;
  private static final long BUDGET_NANOS = 500_000_000;

  private final ObjectStore store;
  private final SecureRandom random;

  public Keys(ObjectStore store, SecureRandom random) {
    this.store = store;
    this.random = random;
  }

  /// What opened a repository.
  ///
  /// @param id the name of the key file
  /// @param master what it holds
  public record Opening(String id, MasterKey master) {}

  /// Adds a key file.
  ///
  /// @param cost log2 of scrypt's N
  /// @return its name
  public String add(
      MasterKey master, Secret password, int cost, Instant now, String username, String hostname) {
    byte[] utf8 = password.utf8();
    try {
      int n = 1 << cost;
      byte[] json = KeyFile.create(master, utf8, n, R, lanes(n), now, username, hostname, random);
      String id = SealedFiles.id(json);
      store.put(new StoreKey(FileKind.KEY, id), json);
      return id;
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  /// As many lanes as this machine does in half a second, one to five; restic calibrates alike.
  private static int lanes(int n) {
    long start = System.nanoTime();
    Scrypt.derive(new byte[1], new byte[1], n, R, 1, 1);
    long lane = Math.max(1, System.nanoTime() - start);
    int parallel = Math.min(LANES, Runtime.getRuntime().availableProcessors());
    return Math.clamp(BUDGET_NANOS * parallel / lane, 1, LANES);
  }

  /// Tries the key files one by one.
  ///
  /// @param fits whether a master key is the repository's: an init that was cut off, and repeated,
  ///   left a key file of the same password with another one
  /// @throws NotFoundException if there is none
  /// @throws UnauthenticatedException if none opens with the password
  public Opening open(Secret password, Predicate<MasterKey> fits) {
    List<StoredFile> files = store.list(FileKind.KEY);
    if (files.isEmpty()) {
      throw new NotFoundException(
          "repository.no-keys",
          "the repository at " + store.location() + " has no key files",
          "restore its keys folder from a copy");
    }
    byte[] utf8 = password.utf8();
    try {
      return open(files, utf8, fits);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }

  private Opening open(List<StoredFile> files, byte[] password, Predicate<MasterKey> fits) {
    Opening stray = null;
    EngineException broken = null;
    for (StoredFile file :
        files.stream().sorted(Comparator.comparing(f -> f.key().name())).toList()) {
      try {
        MasterKey key = open(file.key(), password);
        if (key != null && fits.test(key)) {
          return new Opening(file.key().name(), key);
        }
        stray = key == null ? stray : new Opening(file.key().name(), key);
      } catch (EngineException e) {
        broken = e;
      }
    }
    if (stray != null) {
      return stray; // the config is damaged, which whoever reads it says
    }
    if (broken != null) {
      throw broken;
    }
    throw new UnauthenticatedException(
        "repository.wrong-password",
        "the password is wrong for the repository at " + store.location(),
        "check the password file, command or keychain entry; no other way opens it");
  }

  private @Nullable MasterKey open(StoreKey key, byte[] password) {
    return load(key).open(password, random);
  }

  /// Fetches a key file; a second time if it does not hold.
  ///
  /// @throws dev.backstay.model.DamagedException if its hash or form does not hold
  KeyFile load(StoreKey key) {
    byte[] json = store.get(key);
    json = SealedFiles.id(json).equals(key.name()) ? json : store.get(key);
    if (!SealedFiles.id(json).equals(key.name())) {
      throw Damage.of("repository.key-damaged", key, "is damaged: its hash does not hold");
    }
    return KeyFile.parse(json, key);
  }

  /// Whether a key file opens with a password, and to this master key.
  boolean opens(String id, Secret password, MasterKey master) {
    byte[] utf8 = password.utf8();
    try {
      MasterKey found = open(new StoreKey(FileKind.KEY, id), utf8);
      return found != null && found.equals(master);
    } finally {
      Arrays.fill(utf8, (byte) 0);
    }
  }
}
