package dev.backstay.repository.local;

import dev.backstay.model.CancelToken;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Meter;
import dev.backstay.model.StorageException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.tree.Node;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a part of a snapshot into a folder of this machine, and nothing outside of it: names are
/// checked, everything is made relative to open folders, and no symlink below the target is ever
/// followed.
public final class LocalRestorer {

  private final OpenRepository repository;

  public LocalRestorer(OpenRepository repository) {
    this.repository = repository;
  }

  /// Restores the content of a folder into the target, or one file under its own name.
  ///
  /// @param node a folder or file, see [OpenRepository#node]
  /// @param target is made if it does not exist
  /// @throws StorageException if the target cannot be made, or its disk is full
  public RestoreReport restore(
      Node node, Path target, RestoreOptions options, CancelToken cancel, Meter meter) {
    LocalArchiver.requireLinux();
    try {
      Files.createDirectories(target);
    } catch (FileAlreadyExistsException e) {
      throw new InvalidInputException(
          "local.target-no-folder", target + " is not a folder", "name a folder to restore into");
    } catch (IOException e) {
      throw new StorageException(
          "local.target",
          "cannot make the folder " + target + ": " + e.getMessage(),
          "name a folder that you may write to",
          e);
    }
    try (RestoreRun run = new RestoreRun(repository, target, options, cancel, meter)) {
      return run.restore(node);
    }
  }
}
