package dev.backstay.app.settings;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Folders with mode 0700 and files with mode 0600, where the file system has modes.
public final class PrivateFiles {

  private PrivateFiles() {}

  /// Makes the folder and its missing parents; what exists keeps its mode.
  public static Path createFolder(Path folder) throws IOException {
    return Files.createDirectories(folder, attributes(folder, "rwx------"));
  }

  /// Makes an empty file unless there is one already.
  public static Path createFile(Path file) throws IOException {
    try {
      return Files.createFile(file, attributes(file, "rw-------"));
    } catch (FileAlreadyExistsException _) {
      return file;
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String mode) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(mode);
    return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
  }
}
