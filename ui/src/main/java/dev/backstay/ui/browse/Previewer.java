package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.ui.fx.Texts;
import dev.backstay.workflow.repository.RepositorySession;
import java.util.Optional;

/// Reads as much of a file as its preview needs, and never runs or unpacks anything of it.
final class Previewer {

  /// So much of a text or binary is shown.
  static final int SHOWN = 256 << 10;

  private Previewer() {}

  /// @throws dev.backstay.model.EngineException if the repository cannot give it
  static Preview of(RepositorySession session, String snapshot, Entry entry, CancelToken cancel) {
    return switch (entry.info().entry().type()) {
      case FILE -> of(Ranges.of(session, snapshot, entry, cancel), entry.path());
      case FOLDER -> new Preview.Nothing(Texts.of("preview.folder"));
      case SYMLINK -> new Preview.Nothing(Texts.of("preview.symlink", target(entry)));
      case BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET, OTHER ->
          new Preview.Nothing(Texts.of("preview.special"));
    };
  }

  private static String target(Entry entry) {
    FilePath target = entry.info().entry().linkTarget();
    return target == null ? "?" : Archived.shown(target.toString());
  }

  /// @param path in the restore point; its ending says what is tried first
  static Preview of(Ranges file, String path) {
    if (file.size() == 0) {
      return new Preview.Nothing(Texts.of("preview.empty"));
    }
    return special(file, path)
        .orElseGet(() -> TextOrHex.of(file.read(0, SHOWN), path, file.size()));
  }

  private static Optional<Preview> special(Ranges file, String path) {
    if (Pictures.covers(path, file.size())) {
      return Pictures.of(file);
    }
    return ArchiveListing.covers(path) ? ArchiveListing.of(file, path) : Optional.empty();
  }

  /// The last bytes of a text whose beginning is shown.
  static Preview end(Ranges file, String path, Preview.Text beginning) {
    long from = Math.max(0, file.size() - SHOWN);
    from -= from % 2; // a character of UTF-16
    byte[] bytes = file.read(from, (int) (file.size() - from));
    return TextEnd.of(bytes, path, file.size(), beginning);
  }
}
