package dev.backstay.workflow.maintenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.Secret;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.Repository;
import dev.backstay.repository.RepositorySettings;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.LocalStore;
import dev.backstay.workflow.repository.RepositorySession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an unlock says that it removed.
@Timeout(120)
class UnlockTest {

  private static final Secret PASSWORD = Secret.of("p");

  @TempDir Path folder;

  private OpenRepository elsewhere() {
    RepositorySettings settings =
        new RepositorySettings(
            InstantSource.system(), "pod-1", "user", "t", 1, 4, Duration.ZERO, null);
    return Repository.open(new LocalStore(folder), PASSWORD, settings);
  }

  private void released() {
    LocalStore store = new LocalStore(folder);
    store.list(FileKind.LOCK).forEach(lock -> store.delete(lock.key()));
  }

  private RepositorySession init() {
    return RepositorySession.init(new RepositoryLocation(folder.toString()), PASSWORD);
  }

  @Test
  void whatItsHolderReleasedMeanwhileIsNotCalledRemoved() {
    try (RepositorySession session = init();
        OpenRepository other = elsewhere();
        RepositoryWriter writer = other.writer()) {
      assertEquals(0, writer.stats().dataBlobs());
      List<LockView> locks =
          new RepositoryMaintenance(session)
              .unlock(
                  false,
                  false,
                  holder -> {
                    released();
                    return holder.equals("pod-1");
                  });
      assertEquals(1, locks.size());
      assertFalse(locks.getFirst().removed());
    }
  }

  @Test
  void whatIsRemovedIsCalledRemoved() {
    try (RepositorySession session = init();
        OpenRepository other = elsewhere();
        RepositoryWriter writer = other.writer()) {
      assertEquals(0, writer.stats().dataBlobs());
      List<LockView> locks =
          new RepositoryMaintenance(session).unlock(false, false, holder -> true);
      assertEquals(List.of(true), locks.stream().map(LockView::removed).toList());
      assertTrue(new RepositoryMaintenance(session).unlock(true, false, _ -> false).isEmpty());
    }
  }
}
