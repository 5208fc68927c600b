package dev.backstay.app.settings;

import dev.backstay.model.InvalidInputException;
import dev.backstay.workflow.lock.ContextMark;
import dev.backstay.workflow.lock.ContextMarks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The marks of the settings file as it is now: what is marked while a window is open, here or by
/// the command line, counts for its next request. A file that cannot be read for the moment leaves
/// the marks as they were.
public final class LiveMarks implements ContextMarks {

  private static final Logger LOG = LoggerFactory.getLogger(LiveMarks.class);

  private final Path file;
  private String stamp;
  private List<ContextMark> marks;

  /// @param begin the marks as they were read at the start
  public LiveMarks(Path file, List<ContextMark> begin) {
    this.file = file;
    this.marks = begin;
    this.stamp = "";
  }

  @Override
  public synchronized List<ContextMark> all() {
    String now = stamp();
    if (!now.equals(stamp)) {
      try {
        marks = SettingsFile.read(file).contexts();
      } catch (InvalidInputException e) {
        LOG.warn("the marks of contexts stay as they were: {}", e.getMessage());
      }
      stamp = now;
    }
    return marks;
  }

  private String stamp() {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException _) {
      return "none";
    }
  }
}
