package dev.backstay.repository.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.NotFoundException;
import dev.backstay.model.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStoreTest extends StoreContract {

  @TempDir Path folder;

  @Override
  protected ObjectStore make() {
    return new LocalStore(folder.resolve("repo"));
  }

  @Test
  void hasResticsFolders() throws Exception {
    try (Stream<Path> data = Files.list(folder.resolve("repo/data"))) {
      assertEquals(256, data.count());
    }
    store.put(PACK, new byte[1]);
    Path file = folder.resolve("repo").resolve(PACK.path());
    assertEquals(PosixFilePermissions.fromString("r--------"), Files.getPosixFilePermissions(file));
  }

  @Test
  void ignoresForeignAndHalfWrittenFiles() throws Exception {
    Files.writeString(folder.resolve("repo/locks/readme"), "x");
    Files.writeString(folder.resolve("repo/locks/" + "0".repeat(64) + "-tmp-1"), "x");
    assertEquals(List.of(), store.list(FileKind.LOCK));
    store.sweep(java.time.Instant.now().plusSeconds(100), java.time.Duration.ofSeconds(10));
    assertTrue(Files.exists(folder.resolve("repo/locks/readme")));
    assertEquals(1, files(folder.resolve("repo/locks")).size());
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /// A disk of 1 MiB that only this test sees.
  @Test
  void saysThatTheDiskIsFullAndLeavesNothing() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "only root can mount a small disk");
    try {
      ObjectStore small = new LocalStore(disk.resolve("repo"));
      small.create();
      StorageException error =
          assertThrows(StorageException.class, () -> small.put(PACK, new byte[2 << 20]));
      assertEquals("store.full", error.code());
      assertTrue(!error.remedy().isEmpty());
      assertEquals(List.of(), files(disk));
      small.put(PACK, new byte[1000]);
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }

  @Test
  void aFileHoldsNoFiles() throws Exception {
    ObjectStore file = new LocalStore(Files.writeString(folder.resolve("file"), "x"));
    assertThrows(NotFoundException.class, () -> file.get(StoreKey.CONFIG));
  }

  @Test
  void saysThatItIsReadOnly() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString())
            .redirectErrorStream(true)
            .start();
    Assumptions.assumeTrue(mount.waitFor() == 0, "only root can mount a read-only disk");
    try {
      ObjectStore small = new LocalStore(disk.resolve("repo"));
      small.create();
      Process remount = new ProcessBuilder("mount", "-o", "remount,ro", disk.toString()).start();
      Assumptions.assumeTrue(remount.waitFor() == 0, "only root can remount");
      StorageException error =
          assertThrows(StorageException.class, () -> small.put(PACK, new byte[10]));
      assertEquals("store.read-only", error.code());
    } finally {
      new ProcessBuilder("umount", "-l", disk.toString()).start().waitFor();
    }
  }
}
