package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Volumes and their copies: one folder each.
public final class Volumes {

  private final Path folder;

  public Volumes(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /// @param handle the name of a PersistentVolume, or the handle of a copy
  public Path folder(String handle) {
    return folder.resolve(handle);
  }

  public void create(String handle) {
    try {
      Files.createDirectories(folder(handle));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes a copy with everything that a file has.
  public void copy(String from, String to) throws IOException {
    SideAttributes.copy(folder(from), folder(to));
    TreeCopy.copy(folder(from), folder(to));
  }

  public boolean exists(String handle) {
    return Files.isDirectory(folder(handle));
  }

  public void delete(String handle) {
    try {
      TreeCopy.delete(folder(handle));
      SideAttributes.delete(folder(handle));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
