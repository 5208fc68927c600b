import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Prints every test that the last run skipped, with its reason, and ends with status 1 if one is
/// not in the list of allowed skips (one regular expression a line, matched against `class.method:
/// reason`).
public final class Skips {

  /// The reason is an attribute, or what was thrown before the test began: its first line.
  private static final Pattern CASE =
      Pattern.compile(
          "<testcase name=\"([^\"]*)\" classname=\"([^\"]*)\"[^>]*>\\s*"
              + "<skipped(?:[^>]*? message=\"([^\"]*)\")?"
              + "(?:[^>]*>\\s*<!\\[CDATA\\[([^\\n\\]]*))?");

  private Skips() {}

  public static void main(String[] args) throws IOException {
    List<Pattern> allowed =
        Files.readAllLines(Path.of(args[1])).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(Pattern::compile)
            .toList();
    boolean bad = false;
    for (String skip : skips(Path.of(args[0]))) {
      boolean fine = allowed.stream().anyMatch(pattern -> pattern.matcher(skip).find());
      bad |= !fine;
      System.out.println((fine ? "skipped (allowed): " : "skipped (NOT allowed): ") + skip);
    }
    System.exit(bad ? 1 : 0);
  }

  private static TreeSet<String> skips(Path root) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Skips::isReport).toList()) {
        Matcher matcher = CASE.matcher(Files.readString(file));
        while (matcher.find()) {
          found.add(matcher.group(2) + "." + matcher.group(1) + ": " + reason(matcher));
        }
      }
    }
    return found;
  }

  private static String reason(Matcher skip) {
    return Objects.requireNonNullElse(
        skip.group(3), Objects.requireNonNullElse(skip.group(4), "no reason given"));
  }

  private static boolean isReport(Path file) {
    return file.toString().contains("surefire-reports")
        && file.getFileName().toString().startsWith("TEST-");
  }
}
