package dev.backstay.ui.browse;

import dev.backstay.model.CancelToken;
import dev.backstay.model.FilePath;
import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Reads as much of a file as its preview needs, and never runs or unpacks anything of it.
final class Previewer {

  /// So much of a text or binary is shown.
  static final int SHOWN = 256 << 10;

  private static final long LARGEST_PICTURE_FILE = 16L << 20;
  private static final long MOST_PIXELS = 40_000_000;
  private static final List<String> PICTURES = List.of(".png", ".jpg", ".jpeg", ".gif", ".bmp");

  private Previewer() {}

  /// @throws dev.backstay.model.EngineException if the repository cannot give it
  static Preview of(RepositorySession session, String snapshot, Entry entry, CancelToken cancel) {
    return switch (entry.info().entry().type()) {
      case FILE -> file(session, snapshot, entry, cancel);
      case FOLDER -> new Preview.Nothing(Texts.of("preview.folder"));
      case SYMLINK -> new Preview.Nothing(Texts.of("preview.symlink", target(entry)));
      case BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET ->
          new Preview.Nothing(Texts.of("preview.special"));
    };
  }

  private static String target(Entry entry) {
    FilePath target = entry.info().entry().linkTarget();
    return target == null ? "?" : target.toString();
  }

  private static Preview file(
      RepositorySession session, String snapshot, Entry entry, CancelToken cancel) {
    if (entry.size() == 0) {
      return new Preview.Nothing(Texts.of("preview.empty"));
    }
    String name = entry.name().toLowerCase(Locale.ROOT);
    boolean picture =
        PICTURES.stream().anyMatch(name::endsWith) && entry.size() <= LARGEST_PICTURE_FILE;
    long length = picture ? entry.size() : SHOWN;
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.min(length, entry.size()));
    session.cat(snapshot, entry.path(), 0, length, out, cancel);
    byte[] bytes = out.toByteArray();
    return picture
        ? picture(bytes, entry).orElseGet(() -> TextOrHex.of(bytes, entry.name(), entry.size()))
        : TextOrHex.of(bytes, entry.name(), entry.size());
  }

  /// The header tells how large it would become before anything is unpacked.
  private static Optional<Preview> picture(byte[] bytes, Entry entry) {
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(Objects.requireNonNull(in));
      if (!readers.hasNext()) {
        return Optional.empty();
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      reader.dispose();
      return Optional.of(
          (long) width * height > MOST_PIXELS
              ? new Preview.Nothing(Texts.of("preview.too-many-pixels", width, height))
              : new Preview.Picture(
                  bytes,
                  width,
                  height,
                  Texts.of("preview.picture", width, height, Amounts.bytes(entry.size()))));
    } catch (IOException | RuntimeException _) {
      return Optional.empty(); // no picture after all; its bytes are shown
    }
  }
}
