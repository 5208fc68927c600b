package dev.backstay.app.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.backstay.model.InvalidInputException;
import dev.backstay.workflow.lock.ContextMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsEditTest {

  private static final ContextMark PROD = new ContextMark("prod", true, "RED", true);

  @TempDir Path folder;

  private String edited(String before, ContextMark mark) throws IOException {
    Path file = folder.resolve("settings.yaml");
    Files.writeString(file, before);
    new SettingsEdit(file).put(mark);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
    return Files.readString(file);
  }

  @Test
  void makesAFile() throws IOException {
    Path file = folder.resolve("config/settings.yaml");
    new SettingsEdit(file).put(PROD);
    assertEquals(List.of(PROD), SettingsFile.read(file).contexts());
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void leavesTheOtherLinesAsTheyAre() throws IOException {
    String text =
        """
        # mine
        apiVersion: backstay.dev/v1
        kind: Settings
        contexts:
          # the first
          - name: test   # a comment
            colour: GREEN

          # the second
          - {name: prod, production: true}
          # the end

        # a repository
        repository: /mnt/backups
        """;
    String one = "  - name: 'prod'\n    production: true\n    colour: 'RED'\n    backups: true\n";
    String changed = text.replace("  - {name: prod, production: true}\n", one);
    assertEquals(changed, edited(text, PROD));
    assertEquals(changed, edited(changed, PROD));
    assertEquals(
        changed.replace(one, one + "  - name: 'it''s: #1'\n    production: false\n"),
        edited(changed, new ContextMark("it's: #1", false, "", false)));
  }

  @Test
  void addsTheBlock() throws IOException {
    String text = "apiVersion: backstay.dev/v1\nkind: Settings\nrepository: /mnt # here";
    String block = "contexts:\n  - name: 'prod'\n    production: true\n";
    assertEquals(text + "\n" + block, edited(text, new ContextMark("prod", true, "", false)));
  }

  @Test
  void writesAnotherStyleAnew() throws IOException {
    String head = "apiVersion: backstay.dev/v1\n";
    assertEquals(
        head
            + "contexts:\n  - name: 'a'\n    production: true\n"
            + "  - name: 'b'\n    production: true\nkind: Settings\n",
        edited(
            head + "contexts: [{name: a, production: true}]\nkind: Settings\n",
            new ContextMark("b", true, "", false)));
  }

  @Test
  void keepsItsHandsOffWhatItDoesNotUnderstand() throws IOException {
    String text = "{apiVersion: backstay.dev/v1, kind: Settings}\n";
    assertThrows(InvalidInputException.class, () -> edited(text, PROD));
    assertEquals(text, Files.readString(folder.resolve("settings.yaml")));
  }

  @Test
  void whatCouldNotBeReadBackIsNotWritten() throws IOException {
    String text = "apiVersion: backstay.dev/v1\n";
    ContextMark bad = new ContextMark("prod", true, "no colour", false);
    assertThrows(InvalidInputException.class, () -> edited(text, bad));
    assertEquals(text, Files.readString(folder.resolve("settings.yaml")));
  }
}
