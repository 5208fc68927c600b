package dev.backstay.app.command;

import dev.backstay.app.output.Fields;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.workflow.browse.Difference;
import dev.backstay.workflow.browse.LiveDifference;
import dev.backstay.workflow.repository.FileInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One path at which two sides differ, as it is printed.
///
/// @param path absolute
/// @param kind how
/// @param bytesBefore -1 if it is no file there
/// @param bytesAfter -1 if it is no file there
/// @param note what else differs, or empty
/// @param before what there is on the first side, null if nothing
/// @param after what there is on the second side, null if nothing
record Change(
    String path,
    Difference.Kind kind,
    long bytesBefore,
    long bytesAfter,
    String note,
    @Nullable Fields before,
    @Nullable Fields after) {

  static Change of(Difference difference) {
    FileInfo before = difference.before();
    FileInfo after = difference.after();
    return new Change(
        difference.path(),
        difference.kind(),
        bytes(before),
        bytes(after),
        before == null || after == null ? "" : note(before.entry(), after.entry()),
        before == null ? null : FileListing.fields(before),
        after == null ? null : FileListing.fields(after));
  }

  static Change of(LiveDifference difference) {
    return new Change(
        difference.path(),
        difference.kind(),
        difference.stored(),
        difference.live(),
        "",
        size(difference.stored()),
        size(difference.live()));
  }

  private static @Nullable Fields size(long bytes) {
    return bytes < 0 ? null : new Fields().put("size", bytes);
  }

  private static long bytes(@Nullable FileInfo file) {
    return file == null || file.entry().type() != FileType.FILE ? -1 : file.entry().size();
  }

  private static String note(FileEntry before, FileEntry after) {
    List<String> notes = new ArrayList<>();
    note(notes, "mode ", FileListing.mode(before), FileListing.mode(after));
    note(notes, "owner ", owner(before), owner(after));
    note(notes, "modified ", modified(before), modified(after));
    return String.join(", ", notes);
  }

  private static void note(List<String> notes, String what, String before, String after) {
    if (!before.equals(after)) {
      notes.add(what + before + " → " + after);
    }
  }

  private static String owner(FileEntry entry) {
    return entry.uid() + ":" + entry.gid();
  }

  private static String modified(FileEntry entry) {
    return Instant.ofEpochSecond(entry.modified().seconds(), entry.modified().nanos()).toString();
  }

  /// As people and programs read it: `metadata-only`.
  static String word(Difference.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
