package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.s3.S3Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `backstay repo …` over a bucket.
class S3CommandTest {

  private static final String SECRET = S3Service.SECRET;
  private static S3Service service;

  @TempDir Path folder;

  private final String bucket = "b-" + UUID.randomUUID();
  private final Map<String, String> environment = new TreeMap<>();

  @BeforeAll
  static void startService() throws Exception {
    service = S3Service.start();
  }

  @AfterAll
  static void stopService() throws Exception {
    service.stop();
  }

  @BeforeEach
  void surroundings() throws IOException {
    Files.writeString(folder.resolve("password"), "pass-word-99\n");
    environment.put("BACKSTAY_REPOSITORY", location("here"));
    environment.put("BACKSTAY_PASSWORD_FILE", folder.resolve("password").toString());
    environment.putAll(service.credentials());
    environment.put("AWS_CONFIG_FILE", folder.resolve("aws-config").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", folder.resolve("aws-credentials").toString());
  }

  private String location(String prefix) {
    return service.location(bucket, prefix);
  }

  private CommandLineRun run(String... arguments) {
    CommandLineRun run = CommandLineRun.of(folder.resolve("home"), environment, arguments);
    assertFalse((run.out() + run.err()).contains(SECRET), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    return run;
  }

  private String succeeds(String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(0, run.status(), run.out() + run.err());
    return run.out();
  }

  private void fails(int status, String code, String... arguments) {
    CommandLineRun run = run(arguments);
    assertEquals(status, run.status(), run.err());
    assertTrue(run.err().contains("[" + code + "]"), run.err());
  }

  @Test
  void thereAndBack() throws IOException {
    Path source = Files.createDirectories(folder.resolve("source"));
    byte[] bytes = new byte[3_000_000];
    new Random(4).nextBytes(bytes);
    Files.write(source.resolve("file"), bytes);
    fails(4, "store.no-bucket", "repo", "snapshots");
    succeeds("repo", "init");
    fails(4, "repository.none", "-r", location("elsewhere"), "repo", "snapshots");
    fails(1, "repository.exists", "repo", "init");
    succeeds("repo", "backup", source.toString());
    JsonNode check =
        JsonMapper.shared().readTree(succeeds("repo", "check", "--read-data", "-o", "json"));
    assertTrue(check.get("sound").asBoolean(), check::toString);
    Path target = folder.resolve("target");
    succeeds("repo", "restore", "latest", "--target", target.toString());
    assertEquals(
        -1,
        Files.mismatch(
            source.resolve("file"),
            target.resolve(source.toString().substring(1)).resolve("file")));
    assertTrue(Files.isDirectory(folder.resolve("home/cache/stores")));
    succeeds("points");
  }

  @Test
  void aPlaceIsTestedAndWhatWorksIsRemembered() throws IOException {
    succeeds("repo", "init");
    JsonNode report = JsonMapper.shared().readTree(succeeds("repo", "test-store", "-o", "json"));
    assertEquals("StoreTest", report.get("kind").asString());
    assertTrue(report.get("usable").asBoolean(), report::toString);
    assertEquals("repository", report.get("holds").asString());
    assertEquals("on", report.at("/options/path-style").asString(), report::toString);
    String memory = Files.readString(folder.resolve("home/state/stores.json"));
    assertTrue(memory.contains("path-style") && memory.contains(bucket), memory);
    CommandLineRun table = run("repo", "test-store");
    assertTrue(table.out().contains("conditional-put"), table.out());
    assertTrue(table.err().contains("There is a repository."), table.err());
    succeeds("repo", "snapshots");
  }

  @Test
  void aFolderIsTestedToo() {
    String place = folder.resolve("some-folder").toString();
    JsonNode report =
        JsonMapper.shared().readTree(succeeds("-r", place, "repo", "test-store", "-o", "json"));
    assertEquals("nothing", report.get("holds").asString());
  }

  @Test
  void whatIsWrongIsSaid() {
    environment.put("AWS_SECRET_ACCESS_KEY", "not-it-at-all-7");
    CommandLineRun run = run("repo", "test-store");
    assertEquals(1, run.status(), run.out());
    assertTrue(run.out().contains("missing"), run.out());
    assertFalse(run.err().contains("Other files"), "nobody could look: " + run.err());
    assertFalse((run.out() + run.err()).contains("not-it-at-all-7"), run.err());
    fails(1, "store.wrong-secret", "repo", "snapshots");
    fails(1, "store.refused", "-r", "s3:http://127.0.0.1:1/bucket", "repo", "snapshots");
    environment.remove("AWS_SECRET_ACCESS_KEY");
    fails(1, "store.no-credentials", "repo", "snapshots");
  }

  @Test
  void optionsComeFromEverywhere() throws IOException {
    fails(2, "store.bad-option", "--store-option", "speed=1", "repo", "init");
    environment.put("BACKSTAY_STORE_OPTIONS", "retries");
    fails(2, "store.bad-option", "repo", "init");
    environment.put("BACKSTAY_STORE_OPTIONS", "profile=mine, region=eu-west-9");
    fails(1, "store.no-credentials", "repo", "init");
    Files.writeString(
        folder.resolve("aws-credentials"),
        "[mine]\naws_access_key_id = s3-id\naws_secret_access_key = " + SECRET + "\n");
    succeeds("repo", "init");
    environment.remove("BACKSTAY_STORE_OPTIONS");
    environment.remove("AWS_ACCESS_KEY_ID");
    Files.createDirectories(folder.resolve("home/config"));
    Files.writeString(
        folder.resolve("home/config/settings.yaml"),
        "apiVersion: backstay.dev/v1\nkind: Settings\nstores:\n  - location: "
            + location("").replaceAll("/$", "")
            + "\n    profile: mine\n    pathStyle: true\n");
    succeeds("repo", "snapshots", "--limit-download", "100000");
    fails(1, "store.no-credentials", "repo", "snapshots", "--store-option", "profile=other");
  }
}
