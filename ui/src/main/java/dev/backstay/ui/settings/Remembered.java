package dev.backstay.ui.settings;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the window remembers from start to start: its look, recent contexts, namespaces that the
/// user typed. Never a secret. Kept apart from the settings file, which belongs to the user. A file
/// that cannot be read counts as empty: nothing in it is worth an error.
public final class Remembered {

  private static final Logger LOG = LoggerFactory.getLogger(Remembered.class);
  private static final String SEPARATOR = "\n";

  private final Path file;
  private final Properties values = new Properties();
  private boolean unkept;

  private Remembered(Path file) {
    this.file = file;
  }

  public static Remembered in(Path folder) {
    Remembered remembered = new Remembered(folder.resolve("window.properties"));
    remembered.read();
    return remembered;
  }

  private void read() {
    try (Reader in = Files.newBufferedReader(file)) {
      values.load(in);
    } catch (NoSuchFileException _) {
      LOG.debug("nothing is remembered yet");
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} cannot be read; the window begins with its defaults", file, e);
    }
  }

  public synchronized String get(String key, String otherwise) {
    return values.getProperty(key, otherwise);
  }

  public synchronized List<String> list(String key) {
    return Stream.of(get(key, "").split(SEPARATOR)).filter(s -> !s.isEmpty()).toList();
  }

  public void put(String key, List<String> list) {
    put(key, String.join(SEPARATOR, list));
  }

  /// Kept at once, by a thread of its own.
  public void put(String key, String value) {
    synchronized (this) {
      if (value.equals(values.getProperty(key))) {
        return;
      }
      values.setProperty(key, value);
      unkept = true;
    }
    Thread.startVirtualThread(this::write);
  }

  /// Keeps what was put, now; may wait.
  public void flush() {
    write();
  }

  /// Whole or not at all.
  private synchronized void write() {
    if (!unkept) {
      return; // another thread has kept it
    }
    unkept = false;
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      try (Writer out = Files.newBufferedWriter(fresh)) {
        values.store(out, null);
      }
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("{} cannot be written", file, e);
    }
  }
}
