package dev.backstay.sandbox.volume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/// Names in volumes are bytes; here they have to be names of this system. Those that it does not
/// take (invalid UTF-8, characters that Windows forbids) are kept as `.%` and their bytes in hex.
public final class Names {

  private static final String ESCAPE = ".%";
  private static final String FORBIDDEN_ON_WINDOWS = "<>:\"|?*\\";
  private static final boolean WINDOWS = java.io.File.separatorChar == '\\';
  private static final Charset SYSTEM =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private Names() {}

  /// The path below the root; `.` and empty components are passed over.
  ///
  /// @throws IOException if it leads out of the root by `..`
  public static Path resolve(Path root, byte[] path) throws IOException {
    Path result = root;
    int start = 0;
    for (int i = 0; i <= path.length; i++) {
      if (i == path.length || path[i] == '/') {
        byte[] name = java.util.Arrays.copyOfRange(path, start, i);
        start = i + 1;
        if (name.length == 2 && name[0] == '.' && name[1] == '.') {
          throw new IOException("a path leads out of the volume");
        }
        if (name.length > 0 && !(name.length == 1 && name[0] == '.')) {
          result = result.resolve(local(name));
        }
      }
    }
    return result;
  }

  /// The bytes of a name in a volume, from its name here.
  public static byte[] bytes(Path name) {
    String text = name.toString();
    if (text.startsWith(ESCAPE)) {
      try {
        return HexFormat.of().parseHex(text.substring(ESCAPE.length()));
      } catch (IllegalArgumentException e) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String local(byte[] name) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
      if (isTaken(text)) {
        return text;
      }
    } catch (CharacterCodingException | InvalidPathException e) {
      return ESCAPE + HexFormat.of().formatHex(name);
    }
    return ESCAPE + HexFormat.of().formatHex(name);
  }

  private static boolean isTaken(String text) {
    if (text.startsWith(ESCAPE) || !SYSTEM.newEncoder().canEncode(text)) {
      return false;
    }
    boolean plain = text.chars().noneMatch(c -> c < ' ' || FORBIDDEN_ON_WINDOWS.indexOf(c) >= 0);
    boolean ends = text.endsWith(".") || text.endsWith(" ");
    return !WINDOWS || (plain && !ends);
  }
}
