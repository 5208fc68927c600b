import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Formats every Java source of the project, or with `--check` only says which ones are not
/// formatted and ends with status 1. Run by the Maven profile `format` in a JDK 25 of its own,
/// because Maven may run on an older one.
public final class Format {

  private static final Formatter FORMATTER = new Formatter();

  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean check = args[0].equals("--check");
    List<Path> odd;
    try (Stream<Path> files = Files.walk(Path.of(args[1]))) {
      odd =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.toString().contains("target"))
              .sorted()
              .filter(file -> differs(file, check))
              .toList();
    }
    odd.forEach(file -> System.err.println((check ? "not formatted: " : "formatted: ") + file));
    System.exit(check && !odd.isEmpty() ? 1 : 0);
  }

  private static boolean differs(Path file, boolean check) {
    try {
      String source = Files.readString(file);
      String formatted = FORMATTER.formatSourceAndFixImports(source);
      if (!check && !formatted.equals(source)) {
        Files.writeString(file, formatted);
      }
      return !formatted.equals(source);
    } catch (IOException | FormatterException e) {
      throw new IllegalStateException(file + ": " + e.getMessage(), e);
    }
  }
}
