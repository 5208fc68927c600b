package dev.backstay.repository;

import static dev.backstay.repository.MaintenanceSamples.duplicate;
import static dev.backstay.repository.MaintenanceSamples.files;
import static dev.backstay.repository.MaintenanceSamples.maintenance;
import static dev.backstay.repository.RepositoryTest.CANCEL;
import static dev.backstay.repository.RepositoryTest.PASSWORD;
import static dev.backstay.repository.RepositoryTest.SETTINGS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.CancelToken;
import dev.backstay.model.CancelledException;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import dev.backstay.model.Secret;
import dev.backstay.model.StorageException;
import dev.backstay.model.UnauthenticatedException;
import dev.backstay.model.UnreachableException;
import dev.backstay.repository.key.KeyInfo;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.MemoryStore;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A change of the password that stops half-way leaves the old password, or says that both open.
@Timeout(120)
class KeyChangeTest {

  private static final MemoryStore SOUND = MaintenanceSamples.make();
  private static final Secret FRESH = Secret.of("the new one");

  private final MemoryStore store = duplicate(SOUND);
  private final StoreKey old = files(store, FileKind.KEY).getFirst();

  private static String change(ObjectStore store, CancelToken cancel) {
    return maintenance(store).keys().change(FRESH, "", "", cancel);
  }

  private boolean opens(Secret password) {
    try {
      Repository.open(store, password, SETTINGS).close();
      return true;
    } catch (UnauthenticatedException e) {
      return false;
    }
  }

  private void assertOnlyTheOldOne() {
    assertEquals(List.of(old), files(store, FileKind.KEY));
    assertTrue(opens(PASSWORD));
    assertEquals(List.of(), files(store, FileKind.LOCK));
  }

  /// Does something whenever the first new file of a kind was stored.
  private static final class After extends PassingStore {
    private final FileKind kind;
    private final Runnable action;
    private boolean done;

    After(ObjectStore store, FileKind kind, Runnable action) {
      super(store);
      this.kind = kind;
      this.action = action;
    }

    @Override
    public void put(StoreKey key, byte[] bytes, int from, int length) {
      super.put(key, bytes, from, length);
      if (key.kind() == kind && !done) {
        done = true;
        action.run();
      }
    }
  }

  @Test
  void theOldKeyCannotBeDeleted() {
    EngineException e =
        assertThrows(
            StorageException.class,
            () ->
                change(
                    new PassingStore(store) {
                      @Override
                      public void delete(StoreKey key) {
                        if (key.kind() == FileKind.KEY) {
                          throw new ForbiddenException("store.denied", "you may not delete", "");
                        }
                        super.delete(key);
                      }
                    },
                    CANCEL));
    assertEquals("repository.two-passwords", e.code());
    assertTrue(opens(PASSWORD) && opens(FRESH));
    for (KeyInfo key : maintenance(store).keys().list()) {
      assertTrue(e.remedy().contains("repo key remove " + key.id().substring(0, 8)), e.remedy());
    }
    assertEquals(List.of(), files(store, FileKind.LOCK));
  }

  @Test
  void theOldKeyIsDeletedThoughTheAnswerIsLost() {
    change(
        new PassingStore(store) {
          @Override
          public void delete(StoreKey key) {
            super.delete(key);
            if (key.equals(old)) {
              throw new UnreachableException("store.connection-cut", "the connection broke", "");
            }
          }
        },
        CANCEL);
    assertTrue(opens(FRESH));
    assertFalse(opens(PASSWORD));
  }

  @Test
  void aLockThatIsTakenAwayStopsIt() {
    ObjectStore robbed =
        new After(store, FileKind.KEY, () -> files(store, FileKind.LOCK).forEach(store::delete));
    EngineException e = assertThrows(EngineException.class, () -> change(robbed, CANCEL));
    assertEquals("repository.lock-lost", e.code());
    assertOnlyTheOldOne();
  }

  @Test
  void aCancelledOneIsTakenBack() {
    CancelToken cancel = new CancelToken();
    ObjectStore watched = new After(store, FileKind.KEY, cancel::cancel);
    assertThrows(CancelledException.class, () -> change(watched, cancel));
    assertOnlyTheOldOne();
  }

  @Test
  void theNewKeyCannotBeTried() {
    class Unreadable extends PassingStore {
      Unreadable() {
        super(store);
      }

      @Override
      public byte[] get(StoreKey key) {
        if (key.kind() == FileKind.KEY && !key.equals(old)) {
          throw new UnreachableException("store.connection-cut", "the connection broke", "");
        }
        return super.get(key);
      }
    }
    assertThrows(UnreachableException.class, () -> change(new Unreadable(), CANCEL));
    assertOnlyTheOldOne();
    assertThrows(
        UnreachableException.class,
        () -> maintenance(new Unreadable()).keys().add(FRESH, "", "", CANCEL));
    assertOnlyTheOldOne();
  }
}
