package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.app.secret.SecretStore;
import dev.backstay.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `backstay repo repair|key|copy|stats|unlock|check` over a folder.
class RepositoryMaintenanceCommandTest {

  private static final String PASSWORD = "a secret-5521";
  private static final String OTHER = "another-8820";

  @TempDir Path folder;

  private Path repository;
  private Path source;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void aRepositoryWithOneSnapshot() throws IOException {
    repository = folder.resolve("repository");
    source = Files.createDirectories(folder.resolve("source/d"));
    byte[] big = new byte[3_000_000];
    new Random(5).nextBytes(big);
    Files.write(source.resolve("big"), big);
    Files.writeString(source.resolve("small"), "text");
    environment.put("BACKSTAY_REPOSITORY", repository.toString());
    environment.put("BACKSTAY_PASSWORD_FILE", file("password", PASSWORD));
    succeeds("repo", "init");
    succeeds("repo", "backup", source.toString());
  }

  private String file(String name, String line) throws IOException {
    return Files.writeString(folder.resolve(name), line + "\n").toString();
  }

  private CommandLineRun run(String... arguments) {
    return hidden(CommandLineRun.of(folder.resolve("home"), environment, arguments));
  }

  private static CommandLineRun hidden(CommandLineRun run) {
    String all = run.out() + run.err();
    assertFalse(all.contains(PASSWORD) || all.contains(OTHER), all);
    assertFalse(run.err().contains("\tat "), run.err());
    return run;
  }

  private String succeeds(String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(0, run.status(), run.out() + run.err());
    return run.out();
  }

  private JsonNode json(String... arguments) {
    return JsonMapper.shared().readTree(succeeds(Shop.with(arguments, "-o", "json")));
  }

  private void fails(int status, String code, String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(status, run.status(), run.err());
    assertTrue(run.err().contains("[" + code + "]"), run.err());
  }

  private Path largest(String kind) throws IOException {
    try (Stream<Path> files = Files.walk(repository.resolve(kind))) {
      return files
          .filter(Files::isRegularFile)
          .max(java.util.Comparator.comparingLong(f -> f.toFile().length()))
          .orElseThrow();
    }
  }

  private static void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 4] ^= 1;
    Files.delete(file);
    Files.write(file, bytes);
  }

  @Test
  void aLostIndexIsRepaired() throws IOException {
    Files.delete(largest("index"));
    assertEquals(1, run("repo", "check").status());
    JsonNode plan = json("repo", "repair", "index", "--dry-run");
    assertEquals("add", plan.at("/steps/0/action").asString(""), plan::toString);
    assertFalse(plan.get("changed").asBoolean());
    assertEquals(1, run("repo", "check").status(), "a dry run changes nothing");
    assertTrue(succeeds("repo", "repair", "index").contains("Repaired."));
    assertTrue(json("repo", "check", "--read-data").get("sound").asBoolean());
    assertTrue(succeeds("repo", "repair", "index").contains("nothing to repair"));
  }

  @Test
  void aDamagedPackIsSavedAndTheSnapshotRepaired() throws IOException {
    Path pack = largest("data");
    damage(pack);
    CommandLineRun check = run("repo", "check", "--read-data");
    assertEquals(1, check.status());
    assertTrue(check.err().contains("data/" + pack.getFileName()), check.err());
    assertTrue(check.err().contains("/big"), check.err());
    String id = pack.getFileName().toString().substring(0, 12);
    assertTrue(check.err().contains("repo repair packs " + id.substring(0, 8)), check.err());
    succeeds("repo", "repair", "packs", id, "--no-copies");
    fails(4, "repository.no-pack", "repo", "repair", "packs", id, "--no-copies");
    assertEquals(1, run("repo", "check").status());
    JsonNode repaired = json("repo", "repair", "snapshots", "--forget");
    assertEquals(1, repaired.get("snapshots").size(), repaired::toString);
    assertTrue(repaired.at("/steps/0/details/0").asString("").contains("/big"));
    assertTrue(json("repo", "check", "--read-data").get("sound").asBoolean());
  }

  @Test
  void passwordsComeAndGo() throws IOException {
    String other = file("other", OTHER);
    succeeds("repo", "key", "add", "--new-password-file", other, "--key-host", "there");
    JsonNode keys = json("repo", "key", "list").get("items");
    assertEquals(2, keys.size());
    String current =
        keys.valueStream()
            .filter(key -> key.get("current").asBoolean())
            .findFirst()
            .orElseThrow()
            .get("id")
            .asString();
    fails(2, "repository.key-current", "repo", "key", "remove", current);
    fails(4, "repository.no-key", "repo", "key", "remove", "none");
    succeeds("repo", "key", "remove", current, "--password-file", other);
    fails(1, "repository.wrong-password", "repo", "snapshots");
    environment.put("BACKSTAY_PASSWORD_FILE", other);
    succeeds("repo", "key", "passwd", "--new-password-file", folder.resolve("password").toString());
    fails(1, "repository.wrong-password", "repo", "snapshots");
    environment.put("BACKSTAY_PASSWORD_FILE", folder.resolve("password").toString());
    assertEquals(1, json("repo", "key", "list").get("items").size());
  }

  @Test
  void aNewPasswordIsAskedForTwice() {
    CommandLineRun run =
        hidden(
            CommandLineRun.typing(
                OTHER + "\n" + OTHER + "\n",
                folder.resolve("home"),
                environment,
                "repo",
                "key",
                "passwd"));
    assertEquals(0, run.status(), run.err());
    CommandLineRun differ =
        hidden(
            CommandLineRun.typing(
                OTHER + "\n" + PASSWORD + "\n" + OTHER + "x\n",
                folder.resolve("home"),
                Map.of("BACKSTAY_REPOSITORY", repository.toString()),
                "repo",
                "key",
                "passwd"));
    assertEquals(2, differ.status(), differ.err());
    fails(1, "repository.wrong-password", "repo", "snapshots");
  }

  @Test
  void copiesIntoANewRepository() throws IOException {
    String target = folder.resolve("target").toString();
    String password = folder.resolve("password").toString();
    String[] from = {"--from-repo", repository.toString(), "--from-password-file", password};
    String[] to = {"-r", target, "--password-file", file("other", OTHER)};
    succeeds(Shop.with(Shop.with(to, "repo", "init", "--copy-chunker-params"), from));
    String[] copy = Shop.with(Shop.with(to, "repo", "copy"), from);
    assertEquals(0, json(Shop.with(copy, "--dry-run")).get("made").size());
    assertEquals(1, json(copy).get("made").size());
    assertEquals(1, json(copy).get("skipped").size());
    long blobs = dataBlobs(to);
    assertTrue(blobs > 1, "blobs: " + blobs);
    // Everything is read and cut anew, and found.
    succeeds(Shop.with(to, "repo", "backup", "--force", source.toString()));
    assertEquals(2, json(Shop.with(to, "repo", "stats")).get("points").size());
    assertEquals(blobs, dataBlobs(to));
    succeeds(Shop.with(to, "repo", "check", "--read-data"));
    fails(2, "repository.no-source", Shop.with(to, "repo", "copy"));
  }

  private long dataBlobs(String[] where) {
    return json(Shop.with(where, "repo", "stats")).at("/total/dataBlobs").asLong(-1);
  }

  @Test
  void unreadableSnapshotsAreNotCopiedInSilence() throws IOException {
    Path bad = largest("snapshots");
    succeeds("repo", "backup", source.toString());
    damage(bad);
    String target = folder.resolve("target").toString();
    String password = folder.resolve("password").toString();
    succeeds("-r", target, "repo", "init");
    String[] copy = {
      "-r",
      target,
      "repo",
      "copy",
      "--from-repo",
      repository.toString(),
      "--from-password-file",
      password
    };
    CommandLineRun run = run(copy);
    assertEquals(3, run.status(), run.err());
    assertTrue(run.out().contains("1 snapshot copied"), run.out());
    assertTrue(run.err().contains("snapshots/" + bad.getFileName()), run.err());
    assertTrue(run.err().contains("[repository.snapshot-damaged]"), run.err());
  }

  @Test
  void aSourceWithoutUseIsRefused() {
    fails(
        2,
        "init.unused-source",
        "-r",
        folder.resolve("target").toString(),
        "repo",
        "init",
        "--from-repo",
        repository.toString());
    assertFalse(Files.exists(folder.resolve("target/config")));
  }

  /// A keychain that was locked after the password had been read.
  private static final class LockedKeychain implements SecretStore {
    @Override
    public Optional<Secret> find(String name) {
      return Optional.of(Secret.of(PASSWORD));
    }

    @Override
    public void keep(String name, Secret secret) {
      SecretStore.NONE.keep(name, secret);
    }

    @Override
    public void remove(String name) {
      SecretStore.NONE.remove(name);
    }
  }

  @Test
  void aKeychainThatCannotBeWrittenIsAWarning() throws IOException {
    CommandLineRun run =
        hidden(
            CommandLineRun.with(
                new LockedKeychain(),
                folder.resolve("home"),
                environment,
                "repo",
                "key",
                "passwd",
                "--new-password-file",
                file("other", OTHER)));
    assertEquals(0, run.status(), run.err());
    assertTrue(run.out().contains("Password changed"), run.out());
    assertTrue(run.err().contains("[keychain.absent]"), run.err());
    fails(1, "repository.wrong-password", "repo", "snapshots");
  }

  @Test
  void numbers() {
    JsonNode usage = json("repo", "stats");
    assertEquals(3_000_004, usage.at("/total/logical").asLong());
    assertEquals(2, usage.at("/total/files").asLong());
    assertEquals(1, usage.get("points").size());
    JsonNode count = json("repo", "stats", "--mode", "restore-size");
    assertEquals(3_000_004, count.get("total_size").asLong());
    fails(2, "stats.bad-mode", "repo", "stats", "--mode", "nonsense");
    assertTrue(succeeds("repo", "stats").contains("Logical"));
    assertTrue(succeeds("repo", "stats", "--by", "point").contains("OWN"));
  }

  @Test
  void partsOfTheData() {
    long all = json("repo", "check", "--read-data").get("bytesRead").asLong();
    long parts = 0;
    for (int i = 1; i <= 3; i++) {
      String part = i + "/3";
      parts += json("repo", "check", "--read-data-subset", part).get("bytesRead").asLong();
    }
    assertEquals(all, parts);
    assertTrue(json("repo", "check", "--read-data-subset", "1%").get("bytesRead").asLong() > 0);
    for (String bad : new String[] {"0/3", "4/3", "1/300", "0%", "101%", "x", "-1", "0"}) {
      fails(2, "check.bad-subset", "repo", "check", "--read-data-subset=" + bad);
    }
    fails(2, "check.two-subsets", "repo", "check", "--read-data", "--read-data-subset=1/2");
  }

  @Test
  void locksThatNobodyCanRead() throws IOException {
    assertTrue(succeeds("repo", "unlock").contains("no locks"));
    Files.writeString(
        repository.resolve("locks").resolve("ab".repeat(32)), "x", StandardCharsets.US_ASCII);
    assertFalse(json("repo", "unlock").at("/items/0/removed").asBoolean());
    assertTrue(json("repo", "unlock", "--remove-all").at("/items/0/removed").asBoolean());
    assertTrue(succeeds("repo", "unlock").contains("no locks"));
  }
}
