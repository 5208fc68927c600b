package dev.backstay.ui.window;

import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;

/// The window's icon, in the sizes that were made of `icons/backstay.svg` at build.
final class WindowIcon {

  private WindowIcon() {}

  static List<Image> all() {
    return Stream.of(16, 32, 48, 64, 128, 256)
        .map(WindowIcon::of)
        .filter(Objects::nonNull)
        .toList();
  }

  static @Nullable Image large() {
    return of(128);
  }

  private static @Nullable Image of(int size) {
    InputStream in =
        WindowIcon.class.getResourceAsStream("/dev/backstay/ui/icons/backstay-" + size + ".png");
    return in == null ? null : new Image(in);
  }
}
