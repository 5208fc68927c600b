package dev.backstay.workflow.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a journal that may have been torn at any byte: the last line counts only if it is whole, a
/// line that makes no sense is passed over.
final class JournalReader {

  private JournalReader() {}

  /// @param state empty if not even the first entry is whole: then nothing was done
  /// @param length bytes up to the end of the last whole line
  record Content(Optional<JournalState> state, long length) {}

  static Content read(Path file) throws IOException {
    return parse(Files.readAllBytes(file));
  }

  static Content parse(byte[] bytes) {
    Optional<JournalState> state = Optional.empty();
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        String line = new String(bytes, from, i - from, StandardCharsets.UTF_8);
        state = take(state, line);
        from = i + 1;
      }
    }
    return new Content(state, from);
  }

  private static Optional<JournalState> take(Optional<JournalState> state, String line) {
    Optional<Entry> entry = EntryFormat.read(line);
    if (state.isPresent()) {
      entry.ifPresent(state.get()::apply);
      return state;
    }
    return entry
        .filter(Entry.Begun.class::isInstance)
        .map(first -> new JournalState((Entry.Begun) first));
  }
}
