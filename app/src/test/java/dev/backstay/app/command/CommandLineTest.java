package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CommandLineTest {

  @TempDir Path home;

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.of(home, Map.of(), arguments);
  }

  @Test
  void withoutACommandItIsAUsageError() {
    CommandLineRun run = run();
    assertEquals(2, run.status());
    assertEquals("", run.out());
    assertTrue(run.err().contains("no command given"), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pvcz", "--nonsense", "ls", "cat", "get x", "repo", "repo restore x"})
  void wrongUsageEndsWithTwoAndSaysNothingOnStandardOutput(String line) {
    CommandLineRun run = run(line.split(" "));
    assertEquals(2, run.status(), run.err());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("Error: "), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void helpIsDataAndDocumentsTheExitCodes() {
    CommandLineRun run = run("--help");
    assertEquals(0, run.status());
    assertEquals("", run.err());
    for (String code : new String[] {"0   done", "3   partially", "4   not found", "5   cancel"}) {
      assertTrue(run.out().contains(code), run.out());
    }
  }

  /// Only the command that the line names is made.
  @Test
  void aCommandAloneIsWhatItIsAmongAll() {
    List<String> all = commands(run("--help").out());
    assertTrue(all.size() > 20, all::toString);
    for (String name : all) {
      assertEquals(run("help", name).out(), run(name, "--help").out());
    }
    List<String> repo = commands(run("repo", "--help").out());
    assertTrue(repo.size() > 12, repo::toString);
    for (String name : repo) {
      assertEquals(run("help", "repo", name).out(), run("repo", name, "--help").out());
    }
  }

  private static List<String> commands(String help) {
    return help.substring(help.indexOf("Commands:"))
        .lines()
        .takeWhile(line -> !line.isBlank())
        .filter(line -> line.matches(" {2}[a-z].*"))
        .map(line -> line.strip().split("[ ,]")[0])
        .toList();
  }

  @Test
  void everyCommandHasHelp() {
    for (String name : new String[] {"contexts", "points", "repo backup", "jobs"}) {
      String[] words = ("help " + name).split(" ");
      CommandLineRun run = run(words);
      assertEquals(0, run.status(), run.err());
      assertTrue(run.out().contains("Usage: backstay " + name), run.out());
    }
  }

  @Test
  void jsonIsOneDocumentWithApiVersionAndKind() {
    CommandLineRun run = run("version", "-o", "json");
    JsonNode json = JsonMapper.shared().readTree(run.out());
    assertEquals("backstay.dev/v1", json.get("apiVersion").asString());
    assertEquals("Version", json.get("kind").asString());
    assertEquals("", run.err());
  }

  @Test
  void aRepositoryNeedsANameAndAPassword() {
    CommandLineRun unnamed = run("points");
    assertEquals(2, unnamed.status());
    assertTrue(unnamed.err().contains("BACKSTAY_REPOSITORY"), unnamed.err());
    CommandLineRun locked = run("points", "-r", home.resolve("repo").toString());
    assertEquals(2, locked.status());
    assertTrue(locked.err().contains("--password-file"), locked.err());
  }

  @Test
  void globalOptionsMayStandBeforeTheCommand() {
    CommandLineRun run = run("-r", home.resolve("repo").toString(), "points");
    assertTrue(run.err().contains("no password was given"), run.err());
  }

  @Test
  void anUnknownSettingIsNamed() throws IOException {
    Path config = Files.createDirectories(home.resolve("config"));
    Files.writeString(
        config.resolve("settings.yaml"), "apiVersion: backstay.dev/v1\nmover:\n  imag: x\n");
    CommandLineRun run = run("points");
    assertEquals(2, run.status());
    assertTrue(run.err().contains("'mover.imag'"), run.err());
  }

  @Test
  void completionsForEveryShell() {
    for (String shell : new String[] {"bash", "zsh", "fish"}) {
      CommandLineRun run = run("completion", shell);
      assertEquals(0, run.status());
      assertTrue(run.out().contains("snapshots"), shell);
    }
  }

  @Test
  void kubectlIsAnsweredWithCandidatesAndADirective() {
    CommandLineRun run = run("__complete", "po");
    assertEquals("points\n:4\n", run.out());
  }

  @Test
  void foldersAndLogArePrivate() throws IOException {
    run("version");
    Path log = home.resolve("state/logs/backstay.log");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("data"))));
  }
}
