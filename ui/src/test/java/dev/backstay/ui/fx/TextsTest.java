package dev.backstay.ui.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The bundle has every text that is used, and no other.
final class TextsTest {

  private static final Path MAIN = Path.of("src", "main");
  private static final Pattern QUOTED =
      Pattern.compile("\"%?([a-z][a-z0-9_-]*(?:\\.[a-z0-9_-]+)+)\"");
  private static final Pattern ASKED =
      Pattern.compile("Texts\\.(of|count)\\(\\s*\"([a-z0-9._-]+)\"\\s*[,)]");

  /// Keys whose last part is made of a constant's name.
  private static final List<String> MADE =
      List.of(
          "ability.",
          "about.folder.",
          "capability.",
          "check.next.",
          "compare.kind.",
          "folders.",
          "forget.column.",
          "forget.keep.",
          "job.kind.",
          "key.column.",
          "locks.because.",
          "locks.column.",
          "method.",
          "overview.step.",
          "protection.",
          "prune.max-",
          "repair.index",
          "repair.packs",
          "repair.snapshots",
          "repositories.",
          "repository.standing.",
          "restore.objects.",
          "restore.step.",
          "restore.volumes.",
          "settings.theme.",
          "snapshot.grouping.",
          "standing.",
          "statistics.column.",
          "tour.",
          "wizard.s3.");

  private static List<String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .filter(f -> f.toString().endsWith(".java") || f.toString().endsWith(".fxml"))
          .map(TextsTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyTextThatIsAskedForIsThere() throws IOException {
    Set<String> missing = new TreeSet<>();
    for (String source : sources()) {
      Matcher asked = ASKED.matcher(source);
      while (asked.find()) {
        String key = asked.group(2);
        List<String> needed =
            asked.group(1).equals("count") ? List.of(key + ".one", key + ".many") : List.of(key);
        needed.stream().filter(k -> !Texts.BUNDLE.containsKey(k)).forEach(missing::add);
      }
      Matcher percent = Pattern.compile("\"%([a-z0-9._-]+)\"").matcher(source);
      while (percent.find()) {
        if (!Texts.BUNDLE.containsKey(percent.group(1))) {
          missing.add(percent.group(1));
        }
      }
    }
    assertEquals(Set.of(), missing);
  }

  @Test
  void noTextIsLeftOver() throws IOException {
    Set<String> used = new TreeSet<>();
    for (String source : sources()) {
      Matcher quoted = QUOTED.matcher(source);
      while (quoted.find()) {
        used.add(quoted.group(1));
      }
    }
    Set<String> unused = new TreeSet<>();
    for (String key : Texts.BUNDLE.keySet()) {
      String plain = key.replaceFirst("\\.(one|many)$", "");
      boolean made = MADE.stream().anyMatch(key::startsWith);
      if (!made && !used.contains(key) && !used.contains(plain)) {
        unused.add(key);
      }
    }
    assertEquals(Set.of(), unused);
  }

  @Test
  void everyTextCanBeFormatted() {
    for (String key : Texts.BUNDLE.keySet()) {
      String text = Texts.of(key, "a", "b", "c", "d");
      assertEquals(-1, text.indexOf("{0}"), key);
      assertEquals(-1, Texts.BUNDLE.getString(key).indexOf('\''), key + " has a plain apostrophe");
    }
  }

  /// A file beside the English one is a translation, and English stands in for what it lacks.
  @Test
  void theUsersLanguageIsTaken() {
    ResourceBundle interlingue = Texts.bundle(Locale.of("ie"));
    assertEquals("Clauder", interlingue.getString("action.close"));
    assertEquals(Texts.BUNDLE.getString("action.cancel"), interlingue.getString("action.cancel"));
    assertEquals("Close", Texts.bundle(Locale.of("xx")).getString("action.close"));
  }
}
