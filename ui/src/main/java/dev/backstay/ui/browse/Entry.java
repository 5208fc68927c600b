package dev.backstay.ui.browse;

import dev.backstay.model.FileEntry;
import dev.backstay.workflow.repository.FileInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;

/// A line of a folder in a restore point.
///
/// @param path absolute in the restore point
/// @param name its last component, invalid bytes as U+FFFD
/// @param info as the repository has it
public record Entry(String path, String name, FileInfo info) {

  /// Folders first, then by name.
  public static final Comparator<Entry> ORDER =
      Comparator.comparing((Entry e) -> !e.folder())
          .thenComparing(Entry::name, String.CASE_INSENSITIVE_ORDER)
          .thenComparing(Entry::name);

  static Entry of(FileInfo info) {
    String path = "/" + info.entry().path();
    return new Entry(path, path.substring(path.lastIndexOf('/') + 1), info);
  }

  public boolean folder() {
    return info.entry().type() == FileEntry.FileType.FOLDER;
  }

  public boolean file() {
    return info.entry().type() == FileEntry.FileType.FILE;
  }

  public long size() {
    return info.entry().size();
  }

  public Instant modified() {
    FileEntry.FileTime time = info.entry().modified();
    return Instant.ofEpochSecond(time.seconds(), time.nanos());
  }

  /// `drwxr-xr-x`
  public String mode() {
    StringBuilder text = new StringBuilder();
    text.append(
        switch (info.entry().type()) {
          case FILE -> '-';
          case FOLDER -> 'd';
          case SYMLINK -> 'l';
          case BLOCK_DEVICE -> 'b';
          case CHARACTER_DEVICE -> 'c';
          case FIFO -> 'p';
          case SOCKET -> 's';
          case OTHER -> '?';
        });
    String rights = "rwxrwxrwx";
    for (int bit = 8; bit >= 0; bit--) {
      text.append((info.entry().mode() >> bit & 1) == 1 ? rights.charAt(8 - bit) : '-');
    }
    return text.toString();
  }

  /// What it is called when it is searched for.
  String folded() {
    return name.toLowerCase(Locale.ROOT);
  }
}
