package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `backstay repo ls|find|diff|versions` over two snapshots of a folder.
class RepositoryLookupCommandTest {

  @TempDir Path folder;

  private Path source;
  private Map<String, String> environment = Map.of();
  private List<String> ids = List.of();

  @BeforeEach
  void twoSnapshots() throws IOException {
    source = Files.createDirectories(folder.resolve("source/d"));
    Files.createDirectories(source.resolve("same/deep"));
    Files.writeString(source.resolve("same/deep/Invoice-1.txt"), "one");
    Files.writeString(source.resolve("changed"), "before");
    Files.writeString(source.resolve("gone"), "x");
    String password = Files.writeString(folder.resolve("password"), "p\n").toString();
    environment =
        Map.of(
            "BACKSTAY_REPOSITORY",
            folder.resolve("repository").toString(),
            "BACKSTAY_PASSWORD_FILE",
            password);
    succeeds("repo", "init");
    succeeds("repo", "backup", source.toString(), "--tag", "first");
    Files.writeString(source.resolve("changed"), "afterwards");
    Files.writeString(source.resolve("new"), "y");
    Files.delete(source.resolve("gone"));
    succeeds("repo", "backup", source.toString());
    ids =
        json("repo", "snapshots")
            .get("items")
            .valueStream()
            .map(item -> item.get("id").asString())
            .toList();
  }

  private CommandLineRun run(String... arguments) {
    return CommandLineRun.of(folder.resolve("home"), environment, arguments);
  }

  private String succeeds(String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(0, run.status(), run.err());
    return run.out();
  }

  private JsonNode json(String... arguments) {
    return JsonMapper.shared().readTree(succeeds(Shop.with(arguments, "-o", "json")));
  }

  @Test
  void ls() {
    List<String> paths = succeeds("repo", "ls", "latest", "-R", "--short").lines().toList();
    assertTrue(paths.contains(source + "/same/deep/Invoice-1.txt"), paths::toString);
    List<JsonNode> items =
        json("repo", "ls", "latest", source.toString(), "--recursive")
            .get("items")
            .valueStream()
            .toList();
    assertEquals(5, items.size());
    String line = succeeds("repo", "ls", "latest", source + "/new", "-l");
    assertTrue(line.startsWith("-rw") && line.endsWith(source + "/new\n"), line);
    String old = succeeds("repo", "ls", "latest", "--tag", "first", "-R", "--short");
    assertTrue(old.contains("/gone") && !old.contains("/new"), old);
  }

  @Test
  void find() {
    for (int round = 0; round < 2; round++) {
      JsonNode found = json("repo", "find", "invoice-*", "-i");
      assertEquals(2, found.get("items").size(), found::toString);
      assertEquals(ids.get(1), found.at("/items/0/snapshot").asString());
      assertEquals(0, found.get("unindexed").size());
    }
    assertEquals(1, json("repo", "find", "gone").get("items").size());
    assertEquals(2, json("repo", "find", "--regex", "deep/I.*txt$").get("items").size());
    assertEquals(3, json("repo", "find", "same", "-s", ids.get(0)).get("items").size());
    assertEquals(0, json("repo", "find", "*", "--larger", "1Mi").get("items").size());
    CommandLineRun none = run("repo", "find", "nowhere");
    assertTrue(none.err().contains("Nothing found in 2 snapshots."), none.err());
  }

  @Test
  void findSaysWhatIsNotIndexed() {
    CommandLineRun run = run("repo", "find", "gone", "--indexed-only");
    assertEquals("", run.out());
    assertTrue(run.err().contains(ids.get(0).substring(0, 8)), run.err());
  }

  @Test
  void diff() {
    JsonNode plain = json("repo", "diff", ids.get(0), "latest");
    assertFalse(plain.get("same").asBoolean());
    assertEquals(1, plain.at("/counts/added/count").asInt());
    assertEquals(1, plain.at("/counts/removed/count").asInt());
    assertEquals(1, plain.at("/counts/changed/count").asInt());
    assertEquals(0, plain.at("/counts/metadataOnly/count").asInt());
    assertEquals(3, plain.get("items").size());
    JsonNode all = json("repo", "diff", ids.get(0), "latest", "--metadata");
    assertTrue(all.at("/counts/metadataOnly/count").asInt() > 0, all::toString);
    assertTrue(json("repo", "diff", "latest", "latest").get("same").asBoolean());
  }

  @Test
  void versions() {
    JsonNode changed = json("repo", "versions", source + "/changed");
    assertEquals(2, changed.get("items").size());
    JsonNode same = json("repo", "versions", source + "/same/deep/Invoice-1.txt");
    assertEquals(1, same.get("items").size());
    assertEquals(2, same.at("/items/0/snapshots").asInt());
    JsonNode gone = json("repo", "versions", source + "/gone");
    assertEquals("absent", gone.at("/items/0/state").asString());
    assertEquals(4, run("repo", "versions", "/nowhere").status());
  }
}
