package dev.backstay.workflow.maintenance;

import dev.backstay.model.StorageException;
import dev.backstay.repository.repair.PackRepair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Copies of damaged packs in a folder of this machine, named as restic names them.
record PackCopies(Path folder) implements PackRepair.Keep {

  @Override
  public void keep(String pack, byte[] bytes) {
    Path file = folder.resolve("pack-" + pack);
    try {
      Files.write(
          file,
          bytes,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          StandardOpenOption.DSYNC);
    } catch (IOException e) {
      throw new StorageException(
          "repair.copy-refused",
          "cannot write " + file + ": " + e.getMessage(),
          "run it in a folder with room for the damaged packs, or leave the copies out with"
              + " --no-copies",
          e);
    }
  }
}
