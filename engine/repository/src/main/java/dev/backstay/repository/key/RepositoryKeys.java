package dev.backstay.repository.key;

import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.Secret;
import dev.backstay.repository.json.GoTime;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The passwords of a repository: one key file each, all of the same master key.
///
/// A password that is taken away opens nothing any more, but whoever copied the master key while it
/// was good still has it: copy into a new repository to change that.
public final class RepositoryKeys {

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
  public String add(Secret password, String username, String hostname) {
    try (RepositoryLock lock = opened.lockShared()) {
      lock.confirm();
      return addVerified(password, username, hostname);
    }
  }

  private String addVerified(Secret password, String username, String hostname) {
    refuseEmpty(password);
    String id =
        keys.add(
            opened.key(),
            password,
            opened.scryptCost(),
            opened.clock().instant(),
            username.isEmpty() ? opened.username() : username,
            hostname.isEmpty() ? opened.hostname() : hostname);
    if (!keys.opens(id, password, opened.key())) {
      opened.store().delete(new StoreKey(FileKind.KEY, id));
      throw new DamagedException(
          "repository.key-damaged",
          "the new key file did not come back as it was",
          "the old password still opens the repository; look at the disk or connection");
    }
    return id;
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
  public String remove(String id) {
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
  /// @return the new key's id
  public String change(Secret password, String username, String hostname) {
    try (RepositoryLock lock = opened.lockAlone()) {
      StoreKey old = new StoreKey(FileKind.KEY, opened.keyId());
      if (!opened.store().exists(old)) {
        throw new ConflictException(
            "repository.key-gone",
            "the key that opened the repository was removed by somebody else",
            "open the repository with a password that is still good");
      }
      String id = addVerified(password, username, hostname);
      lock.confirm();
      opened.store().delete(old);
      return id;
    }
  }
}
