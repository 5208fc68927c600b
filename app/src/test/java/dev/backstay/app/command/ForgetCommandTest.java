package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `backstay repo forget` and `backstay repo prune`.
class ForgetCommandTest {

  @TempDir Path folder;

  private Path repository;
  private Path source;
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void aRepositoryWithThreeSnapshots() throws IOException {
    repository = folder.resolve("repository");
    source = Files.createDirectories(folder.resolve("source"));
    Path password = Files.writeString(folder.resolve("password"), "p\n");
    environment =
        Map.of(
            "BACKSTAY_REPOSITORY", repository.toString(),
            "BACKSTAY_PASSWORD_FILE", password.toString());
    succeeds("repo", "init");
    for (int i = 0; i < 3; i++) {
      byte[] bytes = new byte[500_000];
      new Random(i).nextBytes(bytes);
      Files.write(source.resolve("file"), bytes);
      succeeds("repo", "backup", source.toString());
    }
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.of(folder.resolve("home"), environment, arguments);
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

  private JsonNode json(String... arguments) {
    return JsonMapper.shared().readTree(succeeds(Shop.with(arguments, "-o", "json")));
  }

  private long packBytes() throws IOException {
    try (Stream<Path> files = Files.walk(repository.resolve("data"))) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  @Test
  void forgetsByRulesAndGivesTheSpaceBack() throws IOException {
    JsonNode plan = json("repo", "forget", "--keep-last", "1", "--dry-run");
    assertEquals(2, plan.at("/groups/0/remove").size());
    assertEquals("last snapshot", plan.at("/groups/0/keep/0/reasons/0").asString());
    assertEquals(0, plan.get("removed").asInt());
    JsonNode both = json("repo", "forget", "--keep-last", "1", "--prune", "--dry-run");
    assertTrue(both.at("/prune/plan/freedBytes").asLong() > 900_000, both::toString);
    long before = packBytes();
    JsonNode done =
        json("repo", "forget", "-l", "1", "--prune", "--exclusive", "--max-unused", "0");
    assertEquals(2, done.get("removed").asInt());
    assertTrue(done.at("/prune/outcome/packsDeleted").asInt() > 0, done::toString);
    assertTrue(packBytes() < before - 900_000);
    succeeds("repo", "check", "--read-data");
    assertEquals(1, json("repo", "snapshots").get("items").size());
  }

  @Test
  void prunesInTwoPhases() throws IOException {
    succeeds("repo", "forget", "--keep-last", "1");
    long before = packBytes();
    JsonNode plan = json("repo", "prune", "--dry-run");
    assertTrue(plan.at("/plan/freedBytes").asLong() > 900_000, plan::toString);
    JsonNode aside = json("repo", "prune");
    assertTrue(aside.at("/outcome/packsSetAside").asInt() > 0, aside::toString);
    assertEquals(0, aside.at("/outcome/packsDeleted").asInt());
    assertTrue(packBytes() >= before);
    JsonNode resting = json("repo", "prune");
    assertTrue(resting.at("/plan/restingPacks").asInt() > 0, resting::toString);
    assertTrue(succeeds("repo", "prune", "--exclusive").contains("Deleted"));
    assertTrue(packBytes() < before - 900_000);
    succeeds("repo", "check", "--read-data");
  }

  @Test
  void doesNotRemoveEverythingByASlip() {
    fails(2, "forget.no-policy", "repo", "forget");
    fails(1, "forget.everything", "repo", "forget", "--keep-tag", "none");
    fails(2, "forget.bad-count", "repo", "forget", "--keep-last", "few");
    fails(2, "forget.bad-span", "repo", "forget", "--keep-within", "soon");
    fails(2, "prune.bad-size", "repo", "prune", "--max-unused", "much");
    String table = succeeds("repo", "forget", "--keep-daily", "2", "--dry-run");
    assertTrue(table.contains("daily snapshot"), table);
    succeeds("repo", "forget", "latest");
    assertEquals(2, json("repo", "snapshots").get("items").size());
  }
}
