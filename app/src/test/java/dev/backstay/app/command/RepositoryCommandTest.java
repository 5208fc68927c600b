package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `backstay repo …` over a folder, with what goes wrong with folders.
class RepositoryCommandTest {

  private static final String PASSWORD = "a secret-9117";

  @TempDir Path folder;

  private Path repository;
  private Path source;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void aRepositoryWithOneSnapshot() throws IOException {
    repository = folder.resolve("repository");
    source = Files.createDirectories(folder.resolve("source/d"));
    Files.write(source.resolve("big"), random(3_000_000));
    Files.writeString(source.resolve("small"), "text");
    Path password = folder.resolve("password");
    Files.writeString(password, PASSWORD + "\n");
    environment =
        Map.of(
            "BACKSTAY_REPOSITORY", repository.toString(),
            "BACKSTAY_PASSWORD_FILE", password.toString());
    succeeds("repo", "init");
    succeeds("repo", "backup", source.toString());
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  private CommandLineRun run(String... arguments) {
    CommandLineRun run = CommandLineRun.of(folder.resolve("home"), environment, arguments);
    assertFalse((run.out() + run.err()).contains(PASSWORD), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    return run;
  }

  private String succeeds(String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(0, run.status(), run.err());
    return run.out();
  }

  private void fails(int status, String code, String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(status, run.status(), run.err());
    assertTrue(run.err().contains("[" + code + "]"), run.err());
  }

  private Path only(String kind) throws IOException {
    try (Stream<Path> files = Files.list(repository.resolve(kind))) {
      return files.findFirst().orElseThrow();
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  @Test
  void aRepositoryIsForgottenHereAndStays() {
    succeeds("catalog", "rebuild");
    JsonNode known = JsonMapper.shared().readTree(succeeds("catalog", "list", "-o", "json"));
    assertEquals(repository.toString(), known.at("/items/0/repository").asString());
    fails(4, "catalog.no-repository", "catalog", "forget", "/no/such/place");
    assertTrue(succeeds("catalog", "forget").contains(repository.toString()));
    assertEquals("", succeeds("catalog", "list", "-o", "name"));
    fails(4, "catalog.no-repository", "catalog", "forget");
    assertTrue(Files.exists(repository.resolve("config")));
    succeeds("repo", "snapshots");
  }

  @Test
  void thereAndBack() throws IOException {
    Path target = folder.resolve("target");
    succeeds("repo", "restore", "latest", "--target", target.toString());
    Path back = target.resolve(source.toString().substring(1));
    assertEquals(-1, Files.mismatch(source.resolve("big"), back.resolve("big")));
    assertEquals("text", Files.readString(back.resolve("small")));
    JsonNode check = JsonMapper.shared().readTree(succeeds("repo", "check", "-o", "json"));
    assertTrue(check.get("sound").asBoolean(), check::toString);
  }

  @Test
  void overwritesInResticsWords() throws IOException {
    Path target = folder.resolve("target");
    String[] restore = {"repo", "restore", "latest", "--target", target.toString(), "--overwrite"};
    succeeds(Shop.with(restore, "never"));
    Path small = target.resolve(source.toString().substring(1)).resolve("small");
    Files.writeString(small, "mine");
    succeeds(Shop.with(restore, "never"));
    succeeds(Shop.with(restore, "if-newer"));
    assertEquals("mine", Files.readString(small));
    succeeds(Shop.with(restore, "if-changed"));
    assertEquals("text", Files.readString(small));
    Files.writeString(small, "mine");
    succeeds(Shop.with(restore, "always"));
    assertEquals("text", Files.readString(small));
    CommandLineRun wrong = run(Shop.with(restore, "sometimes"));
    assertEquals(2, wrong.status());
    assertTrue(wrong.err().contains("always, if-changed, if-newer, never"), wrong.err());
    assertEquals(2, run(Shop.with(restore, "always", "--existing", "skip")).status());
  }

  @Test
  void aDamagedSnapshotIsNamedAndTheOthersAreListed() throws IOException {
    Path damaged = only("snapshots");
    succeeds("repo", "backup", source.toString());
    damage(damaged);
    for (String[] list : new String[][] {{"repo", "snapshots"}, {"points"}}) {
      CommandLineRun run = run(Shop.with(list, "-o", "json"));
      assertEquals(3, run.status(), run.err());
      JsonNode json = JsonMapper.shared().readTree(run.out());
      assertEquals(
          "snapshots/" + damaged.getFileName(),
          json.at("/warnings/0/item").asString(""),
          run.out());
      assertEquals(list.length == 1 ? 0 : 1, json.get("items").size());
    }
  }

  @Test
  void aDamagedIndexIsAWarningOfTheNextBackupWhichHealsIt() throws IOException {
    damage(only("index"));
    CommandLineRun run = run("repo", "backup", source.toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("Warning: index/"), run.err());
    thereAndBack(latest());
  }

  @Test
  void packsThatAreGoneAreStoredAgain() throws IOException {
    try (Stream<Path> files = Files.walk(repository.resolve("data"))) {
      for (Path pack : files.filter(Files::isRegularFile).toList()) {
        Files.delete(pack);
      }
    }
    fails(1, "repository.blob-lost", "repo", "ls", "latest");
    CommandLineRun run = run("repo", "backup", source.toString());
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("[repository.pack-missing]"), run.err());
    thereAndBack(latest());
  }

  private String latest() {
    return JsonMapper.shared()
        .readTree(succeeds("repo", "snapshots", "-o", "json"))
        .get("items")
        .valueStream()
        .toList()
        .getLast()
        .get("id")
        .asString();
  }

  private void thereAndBack(String snapshot) throws IOException {
    Path target = folder.resolve("target-" + snapshot);
    succeeds("repo", "restore", snapshot, "--target", target.toString());
    Path back = target.resolve(source.toString().substring(1));
    assertEquals(-1, Files.mismatch(source.resolve("big"), back.resolve("big")));
  }

  @Test
  void whatIsLeftOfARepositoryIsNotOverwritten() throws IOException {
    Files.delete(repository.resolve("config"));
    fails(4, "repository.none", "points");
    fails(1, "repository.remains", "repo", "init");
    Files.delete(only("keys"));
    fails(1, "repository.remains", "repo", "init");
  }

  @Test
  void keysAndConfigThatAreDamagedAreNamed() throws IOException {
    Path config = repository.resolve("config");
    byte[] good = Files.readAllBytes(config);
    for (byte[] bad : new byte[][] {{}, new byte[10], new byte[155]}) {
      Files.delete(config);
      Files.write(config, bad);
      fails(1, "repository.config-damaged", "repo", "snapshots");
    }
    Files.delete(config);
    Files.write(config, good);
    damage(only("keys"));
    fails(1, "repository.key-damaged", "repo", "snapshots");
    Files.delete(only("keys"));
    fails(4, "repository.no-keys", "repo", "snapshots");
    Files.delete(repository.resolve("keys"));
    fails(4, "store.no-file", "repo", "snapshots");
  }

  @Test
  void placesThatAreNoRepository() throws IOException {
    String file = Files.writeString(folder.resolve("file"), "x").toString();
    fails(4, "repository.none", "-r", file, "points");
    fails(4, "repository.none", "-r", folder.toString(), "points");
    fails(2, "repository.store-unsupported", "-r", "sftp:host:/folder", "repo", "init");
    fails(2, "repository.bad-location", "-r", "s3:https://host", "repo", "init");
    fails(1, "repository.exists", "repo", "init");
    fails(2, "local.target-no-folder", "repo", "restore", "latest", "--target", file);
    fails(4, "repository.no-snapshot", "repo", "ls", "cafe");
  }

  @Test
  void aWrongPassword() throws IOException {
    Path other = Files.writeString(folder.resolve("other"), "wrong one-88\n");
    CommandLineRun run = run("points", "--password-file", other.toString());
    assertEquals(1, run.status());
    assertTrue(run.err().contains("[repository.wrong-password]"), run.err());
    assertFalse(run.err().contains("wrong one-88"), run.err());
  }

  private Process start(ProcessBuilder.Redirect out, String... arguments) throws IOException {
    return BackstayProcess.start(
        folder.resolve("home"),
        environment,
        out,
        ProcessBuilder.Redirect.to(folder.resolve("err").toFile()),
        arguments);
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  @Test
  void standardOutputThatIsFullIsAnError() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "this system has no /dev/full");
    Process process = start(ProcessBuilder.Redirect.to(full), "repo", "snapshots", "-o", "json");
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(1, process.exitValue(), errors());
    assertTrue(errors().contains("[output.lost]"), errors());
  }

  @Test
  void aReaderThatLeavesIsNoError() throws Exception {
    Files.writeString(source.resolve("one"), "1");
    succeeds("repo", "backup", source.toString());
    Process process = start(ProcessBuilder.Redirect.PIPE, "repo", "ls", "latest", "-R");
    process.getInputStream().close();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals("", errors());
  }

  @Test
  void terminationIsACleanCancel() throws Exception {
    for (int i = 0; i < 40; i++) {
      Files.write(
          source.resolve("more-" + i),
          (i + "x").repeat(3_000_000).getBytes(StandardCharsets.US_ASCII));
    }
    Process process = start(ProcessBuilder.Redirect.DISCARD, "repo", "backup", source.toString());
    awaitLock(process);
    process.destroy();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(5, process.exitValue(), errors());
    assertTrue(errors().contains("Cancelled."), errors());
    try (Stream<Path> locks = Files.list(repository.resolve("locks"))) {
      assertEquals(0, locks.count());
    }
    succeeds("repo", "check", "--read-data");
  }

  private void awaitLock(Process process) throws IOException, InterruptedException {
    while (process.isAlive()) {
      try (Stream<Path> locks = Files.list(repository.resolve("locks"))) {
        if (locks.findAny().isPresent()) {
          return;
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
