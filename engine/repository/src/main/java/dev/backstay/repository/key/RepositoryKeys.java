package dev.backstay.repository.key;

import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Secret;
import dev.backstay.model.StorageException;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.store.Damage;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The passwords of a repository: one key file each, all of the same master key.
///
/// A password that is taken away opens nothing any more, but whoever copied the master key while it
/// was good still has it: copy into a new repository to change that.
public final class RepositoryKeys {

  private static final Logger LOG = LoggerFactory.getLogger(RepositoryKeys.class);

  /// Characters of an id that people are shown.
  private static final int SHOWN = 8;

  private final Opened opened;
  private final Keys keys;

  public RepositoryKeys(Opened opened) {
    this.opened = opened;
    keys = new Keys(opened.store(), opened.random());
  }

  /// All of them, by id; damaged ones say so.
  public List<KeyInfo> list() {
    return opened.store().list(FileKind.KEY).stream()
        .map(StoredFile::key)
        .sorted(Comparator.comparing(StoreKey::name))
        .map(this::info)
        .toList();
  }

  private KeyInfo info(StoreKey file) {
    boolean current = file.name().equals(opened.keyId());
    try {
      KeyFile.About about = keys.load(file).about();
      return new KeyInfo(
          file.name(), current, time(about.created()), about.username(), about.hostname(), "");
    } catch (EngineException e) {
      if (!Damage.isIn(e)) {
        throw e;
      }
      return new KeyInfo(file.name(), current, null, "", "", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable Instant time(String text) {
    try {
      return GoTime.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// Adds a password. It counts once it has been tried on what was stored.
  ///
  /// @param username written into the key file; empty for this user
  /// @param hostname written into the key file; empty for this machine
  /// @return the new key's id
  public String add(Secret password, String username, String hostname, CancelToken cancel) {
    opened.refuseVersionOne();
    refuseEmpty(password);
    try (RepositoryLock lock = opened.lockShared()) {
      lock.confirm();
      cancel.checkpoint();
      return addVerified(password, username, hostname);
    }
  }

  private String addVerified(Secret password, String username, String hostname) {
    String id =
        keys.add(
            opened.key(),
            password,
            opened.scryptCost(),
            opened.clock().instant(),
            username.isEmpty() ? opened.username() : username,
            hostname.isEmpty() ? opened.hostname() : hostname);
    try {
      if (keys.opens(id, password, opened.key())) {
        return id;
      }
    } catch (EngineException e) {
      throw takenBack(id, e);
    }
    throw takenBack(
        id,
        new DamagedException(
            "repository.key-damaged",
            "the new key file did not come back as it was",
            "the old password still opens the repository; look at the disk or connection"));
  }

  /// Removes a new key that the old one is to stand without.
  ///
  /// @param cause why
  /// @return what to throw: the cause, or that both keys stand now
  private EngineException takenBack(String id, EngineException cause) {
    try {
      // Else the new one might be the last.
      keys.load(new StoreKey(FileKind.KEY, opened.keyId()));
      opened.store().delete(new StoreKey(FileKind.KEY, id));
      return cause;
    } catch (EngineException e) {
      LOG.info("the new key {} could not be taken back: {}", id, e.getMessage());
      return bothStand(id, cause);
    }
  }

  private StorageException bothStand(String id, EngineException cause) {
    String fresh = id.substring(0, SHOWN);
    String old = opened.keyId().substring(0, SHOWN);
    return new StorageException(
        "repository.two-passwords",
        "the new password was stored, and then it could not go on: " + cause.getMessage(),
        "two passwords may open the repository now: the new one (key "
            + fresh
            + ") and the one before (key "
            + old
            + "); look with 'repo key list', and take one away with 'repo key remove "
            + old
            + "' under the new password or 'repo key remove "
            + fresh
            + "' under the old one",
        cause);
  }

  private static void refuseEmpty(Secret password) {
    byte[] utf8 = password.utf8();
    boolean empty = utf8.length == 0;
    java.util.Arrays.fill(utf8, (byte) 0);
    if (empty) {
      throw new InvalidInputException(
          "password.empty", "the new password is empty", "give one that is not");
    }
  }

  /// Takes a password away. Not the one that opened the repository, and so never the last one.
  ///
  /// @param id its beginning
  /// @throws InvalidInputException if it is the current one, or ambiguous
  /// @throws NotFoundException if there is none
  /// @return the whole id
  public String remove(String id, CancelToken cancel) {
    opened.refuseVersionOne();
    try (RepositoryLock lock = opened.lockAlone()) {
      StoreKey file = find(id);
      if (file.name().equals(opened.keyId())) {
        throw new InvalidInputException(
            "repository.key-current",
            "the key " + id + " is the one that opened the repository",
            "open the repository with another password to remove this one");
      }
      // The one that opened it must be there still, or this might be the last.
      keys.load(new StoreKey(FileKind.KEY, opened.keyId()));
      cancel.checkpoint();
      lock.confirm();
      opened.store().delete(file);
      return file.name();
    }
  }

  private StoreKey find(String id) {
    List<StoreKey> matches =
        opened.store().list(FileKind.KEY).stream()
            .map(StoredFile::key)
            .filter(file -> !id.isEmpty() && file.name().startsWith(id))
            .toList();
    if (matches.isEmpty()) {
      throw new NotFoundException(
          "repository.no-key", "there is no key '" + id + "'", "list them with 'repo key list'");
    }
    if (matches.size() > 1) {
      throw new InvalidInputException(
          "repository.key-ambiguous",
          matches.size() + " keys have an id that begins with '" + id + "'",
          "give more characters of the id");
    }
    return matches.getFirst();
  }

  /// Changes the password that opened the repository: the new key file is stored and tried before
  /// the old one goes. Afterwards this object is the old password's still: open the repository
  /// anew.
  ///
  /// @param cancel obeyed until the old key is about to go; the new one is taken back
  /// @return the new key's id
  /// @throws StorageException of the code `repository.two-passwords` if it stopped half-way and
  ///   nothing could be done about it
  public String change(Secret password, String username, String hostname, CancelToken cancel) {
    opened.refuseVersionOne();
    refuseEmpty(password);
    try (RepositoryLock lock = opened.lockAlone()) {
      StoreKey old = new StoreKey(FileKind.KEY, opened.keyId());
      if (!opened.store().exists(old)) {
        throw new ConflictException(
            "repository.key-gone",
            "the key that opened the repository was removed by somebody else",
            "open the repository with a password that is still good");
      }
      cancel.checkpoint();
      String id = addVerified(password, username, hostname);
      try {
        cancel.checkpoint();
        lock.confirm();
      } catch (EngineException e) {
        throw takenBack(id, e);
      }
      removeOld(old, id);
      return id;
    }
  }

  /// A deletion that failed may yet come about, for instance when the store was only slow to
  /// answer: so the new key stays, or there might be none in the end.
  private void removeOld(StoreKey old, String fresh) {
    try {
      opened.store().delete(old);
    } catch (NotFoundException e) {
      LOG.debug("the key {} was gone already", old);
    } catch (EngineException e) {
      if (mayStand(old)) {
        throw bothStand(fresh, e);
      }
    }
  }

  private boolean mayStand(StoreKey key) {
    try {
      return opened.store().exists(key);
    } catch (EngineException e) {
      return true;
    }
  }
}
