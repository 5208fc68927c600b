package dev.backstay.app.command;

import dev.backstay.app.console.Text;
import dev.backstay.app.output.DocumentStream;
import dev.backstay.app.output.Fields;
import dev.backstay.app.output.OutputFormat;
import dev.backstay.app.output.Printer;
import dev.backstay.model.FileEntry;
import dev.backstay.workflow.repository.FileInfo;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Prints files one by one as they come, because a volume has millions; only JSON and YAML gather
/// them.
final class FileListing implements Consumer<FileInfo> {

  private final Printer printer;
  private final boolean paths;
  private final @Nullable DocumentStream document;

  FileListing(Printer printer) {
    this(printer, false);
  }

  /// @param paths whether people get only the paths
  FileListing(Printer printer, boolean paths) {
    this.printer = printer;
    this.paths = paths;
    boolean structured =
        printer.format() == OutputFormat.JSON || printer.format() == OutputFormat.YAML;
    document = structured ? printer.stream(Fields.ofKind("FileList")) : null;
  }

  @Override
  public void accept(FileInfo file) {
    if (document != null) {
      document.item(fields(file));
    } else if (paths || printer.format() == OutputFormat.NAME) {
      printer.line("/" + Text.printable(file.entry().path().toString()));
    } else {
      printer.line(line(file));
    }
  }

  /// To be called when all have come.
  void end() {
    if (document != null) {
      document.end(new Fields());
    }
  }

  private static String line(FileInfo file) {
    return line(file, "");
  }

  /// @param place stands before the path
  static String line(FileInfo file, String place) {
    FileEntry entry = file.entry();
    StringBuilder line = new StringBuilder(120).append(mode(entry)).append(' ');
    right(line, entry.uid() + ":" + entry.gid(), 11).append(' ');
    right(line, Long.toString(entry.size()), 12).append("  ");
    String time = Instant.ofEpochSecond(entry.modified().seconds()).toString();
    line.append(time).repeat(' ', Math.max(0, 20 - time.length())).append("  ").append(place);
    line.append('/').append(Text.printable(entry.path().toString()));
    if (entry.linkTarget() != null) {
      line.append(" -> ").append(Text.printable(entry.linkTarget().toString()));
    }
    return line.toString();
  }

  private static StringBuilder right(StringBuilder line, String text, int width) {
    return line.repeat(' ', Math.max(0, width - text.length())).append(text);
  }

  /// As `ls -l` writes it.
  static String mode(FileEntry entry) {
    StringBuilder mode = new StringBuilder();
    mode.append(type(entry.type()));
    for (int shift = 6; shift >= 0; shift -= 3) {
      int bits = entry.mode() >> shift;
      boolean special = (entry.mode() & (01000 << (shift / 3))) != 0;
      char set = shift == 0 ? 't' : 's';
      mode.append((bits & 4) != 0 ? 'r' : '-');
      mode.append((bits & 2) != 0 ? 'w' : '-');
      boolean execute = (bits & 1) != 0;
      mode.append(special ? (execute ? set : Character.toUpperCase(set)) : (execute ? 'x' : '-'));
    }
    return mode.toString();
  }

  private static char type(FileEntry.FileType type) {
    return switch (type) {
      case FILE -> '-';
      case FOLDER -> 'd';
      case SYMLINK -> 'l';
      case BLOCK_DEVICE -> 'b';
      case CHARACTER_DEVICE -> 'c';
      case FIFO -> 'p';
      case SOCKET -> 's';
      case OTHER -> '?';
    };
  }

  static Fields fields(FileInfo file) {
    FileEntry entry = file.entry();
    return new Fields()
        .put("path", "/" + entry.path())
        .put("type", entry.type().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .put("mode", String.format(Locale.ROOT, "%04o", entry.mode()))
        .put("uid", entry.uid())
        .put("gid", entry.gid())
        .put("user", file.user())
        .put("group", file.group())
        .put("size", entry.size())
        .put(
            "modified", Instant.ofEpochSecond(entry.modified().seconds(), entry.modified().nanos()))
        .put("linkTarget", entry.linkTarget())
        .put("blobs", file.blobs());
  }
}
