package dev.backstay.workflow.journal;

import dev.backstay.model.StorageException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// This copy of the program for this user: the id by which it knows its own objects in a cluster.
public final class Installation {

  private static final int TRIES = 100;

  private Installation() {}

  /// The id kept in `<data>/installation-id`; made at the first call. 12 lower-case letters and
  /// digits, valid as a label value.
  ///
  /// @throws dev.backstay.model.StorageException if it can neither be read nor written
  public static String id(Path data, RandomGenerator random) {
    Path file = data.resolve("installation-id");
    try {
      for (int i = 0; i < TRIES; i++) {
        String id = Files.exists(file) ? Files.readString(file).strip() : "";
        if (id.matches("[a-z0-9]{12}")) {
          return id;
        }
        make(file, id.isEmpty() ? IdText.random(random) : "", random);
      }
      throw new IOException("no usable id in it");
    } catch (IOException e) {
      throw new StorageException(
          "journal.no-installation-id",
          "the installation's id in " + file + " cannot be read or written",
          "make the folder writable for you, or name another with BACKSTAY_HOME",
          e);
    }
  }

  /// Whoever comes first wins; the link appears with its content or not at all.
  private static void make(Path file, String id, RandomGenerator random) throws IOException {
    if (id.isEmpty()) {
      throw new IOException("it holds something else");
    }
    PrivateFiles.createFolder(PrivateFiles.folderOf(file));
    Path temporary = file.resolveSibling("installation-id." + IdText.random(random));
    PrivateFiles.write(temporary, id + "\n");
    try {
      if (Files.exists(file) && Files.size(file) == 0) {
        Files.delete(file);
      }
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      // another process was first: its id counts
    } catch (UnsupportedOperationException | IOException e) {
      Files.move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
