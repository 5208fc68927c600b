package dev.backstay.sandbox.mover;

import dev.backstay.sandbox.volume.Names;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Targets and relative names as bytes.
final class Links {

  private Links() {}

  static byte[] target(Path link) throws IOException {
    String text = Files.readSymbolicLink(link).toString();
    return text.replace(java.io.File.separatorChar, '/').getBytes(StandardCharsets.UTF_8);
  }

  /// As `find .` prints it: `.`, `./a/b`.
  static byte[] relative(Path root, Path file) {
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    name.write('.');
    if (!root.equals(file)) {
      for (Path step : root.relativize(file)) {
        name.write('/');
        name.writeBytes(Names.bytes(step));
      }
    }
    return name.toByteArray();
  }
}
