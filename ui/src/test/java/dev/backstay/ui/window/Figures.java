package dev.backstay.ui.window;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Figures that tests measure by the way and never assert, in `target/figures.txt`.
final class Figures {

  private static final Path FILE = Path.of("target", "figures.txt");

  private Figures() {}

  static void add(String what, String figure) {
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(
          FILE,
          what + ": " + figure + System.lineSeparator(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
