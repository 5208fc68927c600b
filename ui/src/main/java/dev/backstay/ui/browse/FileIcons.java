package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Icons;
import java.util.Locale;
import org.kordamp.ikonli.javafx.FontIcon;

/// The icon of a file by what it is called.
final class FileIcons {

  private FileIcons() {}

  static FontIcon of(Entry entry) {
    return switch (entry.info().entry().type()) {
      case FOLDER -> Icons.of("mdi2f-folder", "icon-accent");
      case SYMLINK -> Icons.of("mdi2l-link-variant");
      case FILE -> Icons.of(byName(entry.name().toLowerCase(Locale.ROOT)));
      case BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET, OTHER -> Icons.of("mdi2c-chip");
    };
  }

  private static String byName(String name) {
    String ending = name.substring(name.lastIndexOf('.') + 1);
    return switch (ending) {
      case "png", "jpg", "jpeg", "gif", "bmp", "webp", "svg" -> "mdi2f-file-image-outline";
      case "yaml", "yml", "json", "xml", "toml", "conf", "ini" -> "mdi2f-file-cog-outline";
      case "log", "txt", "md", "csv" -> "mdi2f-file-document-outline";
      case "gz", "zip", "tar", "xz", "zst", "bz2", "7z" -> "mdi2f-folder-zip-outline";
      case "sql", "db", "sqlite" -> "mdi2d-database-outline";
      default -> "mdi2f-file-outline";
    };
  }
}
