package dev.backstay.app.settings;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.StorageException;
import dev.backstay.workflow.lock.ContextMark;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// Changes one mark in `settings.yaml` and leaves the user's other lines as they are. What it would
/// write is read back before it is written: unless exactly the mark has changed, nothing is.
public final class SettingsEdit {

  private final Path file;

  public SettingsEdit(Path file) {
    this.file = file;
  }

  /// Sets what is declared of one context, atomically.
  ///
  /// @throws InvalidInputException if the file cannot be used, or is written in a way that has to
  ///   be edited by hand
  /// @throws StorageException if it cannot be written
  public void put(ContextMark mark) {
    try {
      String before = Files.exists(file) ? Files.readString(file) : "";
      Settings settings = SettingsFile.parse(file, before);
      List<ContextMark> wanted = with(settings.contexts(), mark);
      String after = new MarkLines(before, settings.contexts()).with(mark, wanted);
      requireOnly(settings, wanted, after);
      write(after);
    } catch (IOException e) {
      throw new StorageException(
          "settings.not-written",
          "the settings file " + file + " cannot be written: " + e.getMessage(),
          "check its permissions",
          e);
    }
  }

  private static List<ContextMark> with(List<ContextMark> marks, ContextMark mark) {
    List<ContextMark> all = new ArrayList<>(marks);
    all.replaceAll(one -> one.context().equals(mark.context()) ? mark : one);
    if (!all.contains(mark)) {
      all.add(mark);
    }
    return all;
  }

  private void requireOnly(Settings settings, List<ContextMark> wanted, String after) {
    Settings expected =
        new Settings(
            settings.repository(),
            settings.passwordFile(),
            settings.passwordCommand(),
            settings.mover(),
            settings.pluginPath(),
            wanted,
            settings.stores());
    try {
      if (SettingsFile.parse(file, after).equals(expected)) {
        return;
      }
    } catch (InvalidInputException _) {
      // as much a failure as another content
    }
    throw new InvalidInputException(
        "settings.not-editable",
        "the settings file " + file + " is written in a way that cannot be changed line by line",
        "edit its 'contexts' by hand");
  }

  private void write(String text) throws IOException {
    Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path folder = PrivateFiles.createFolder(target.resolveSibling(""));
    Path fresh = PrivateFiles.createFile(folder.resolve(".settings-" + System.nanoTime()));
    try {
      keepMode(target, fresh);
      Files.writeString(fresh, text);
      try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void keepMode(Path from, Path to) throws IOException {
    boolean posix = to.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (posix && Files.exists(from)) {
      Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
    }
  }
}
