package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.Redactor;
import dev.backstay.app.console.Terminal;
import dev.backstay.model.CancelToken;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.Secret;
import dev.backstay.sandbox.DemoShop;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.EngineSettings;
import dev.backstay.workflow.cluster.ClusterSession;
import dev.backstay.workflow.cluster.ContextRequest;
import dev.backstay.workflow.point.PointFilter;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `versions`, `diff` and `find` on three restore points of the demo shop; nothing here changes
/// them.
class LookBackCommandTest {

  private static final String SHOP = Shop.NAMESPACE;
  private static final String INVOICE = "/volumes/uploads/" + DemoShop.A_FILE;
  private static final String SETTINGS = "/manifests/core/configmaps/shop-settings.yaml";
  private static final String SECRET = "/manifests/core/secrets/payment-key.yaml";
  private static final String KEY = "ZGVtby1vbmx5LTA4MTU=";
  private static final String OTHER_KEY = "bm90LXRoZS1kZW1vLWtleQ==";

  @TempDir static Path folder;

  private static Shop shop;
  private static String first;
  private static String second;
  private static String third;

  /// The second differs from the first in one text file, one binary file, a mode, a ConfigMap, a
  /// Secret, and two files that are lost; the third is as the first again, but for what came.
  @BeforeAll
  static void threeRestorePoints() throws IOException {
    shop = Shop.open(folder);
    first = backedUp();
    Path uploads = shop.sandbox().volume(SHOP, "uploads");
    Path invoice = uploads.resolve(DemoShop.A_FILE);
    String content = Files.readString(invoice);
    Files.writeString(invoice, content.replace("Chandlery", "Chandlery Ltd"));
    Files.write(uploads.resolve("images/rope-000.png"), new byte[] {1, 0, 2});
    Files.delete(uploads.resolve("documents/invoice-0001.txt"));
    Files.writeString(uploads.resolve("documents/contract [1].txt"), "new");
    shop.sandbox()
        .apply(
            SHOP,
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: shop-settings}, data: {CURRENCY:"
                + " CHF}}");
    shop.sandbox()
        .apply(
            SHOP,
            "{apiVersion: v1, kind: Secret, metadata: {name: payment-key}, data: {api-key: \""
                + OTHER_KEY
                + "\"}}");
    second = backedUp();
    Files.writeString(invoice, content);
    third = backedUp();
  }

  private static String backedUp() {
    shop.settle();
    return shop.json("backup", "-n", SHOP).path("restorePoint").asString();
  }

  @AfterAll
  static void stop() {
    shop.close();
  }

  private static List<JsonNode> items(JsonNode document) {
    return StreamSupport.stream(document.path("items").spliterator(), false).toList();
  }

  private static void fails(int status, String code, String... arguments) {
    CommandLineRun run = shop.run(arguments);
    assertEquals(status, run.status(), run.out() + run.err());
    assertEquals("", run.out());
    assertTrue(run.err().contains("[" + code + "]"), run.err());
  }

  @Test
  void versionsAreTheDifferentContentsOfAFile() {
    List<JsonNode> runs = items(shop.json("versions", "latest", INVOICE, "-n", SHOP, "--all"));
    assertEquals(
        List.of(third, second, first),
        runs.stream().map(v -> v.at("/newest/id").asString()).toList());
    assertEquals(runs.get(0).path("content"), runs.get(2).path("content"));

    List<JsonNode> versions = items(shop.json("versions", "latest", INVOICE, "-n", SHOP));
    assertEquals(
        List.of(third, second), versions.stream().map(v -> v.at("/newest/id").asString()).toList());
    assertEquals(2, versions.getFirst().path("points").asInt(), "it came back");
    assertEquals(first, versions.getFirst().at("/oldest/id").asString());
    assertEquals("0644", versions.getFirst().at("/file/mode").asString());

    JsonNode settings = items(shop.json("versions", first + ":" + SETTINGS)).getFirst();
    assertEquals(2, settings.path("points").asInt(), settings.toString());
    assertEquals(second, settings.at("/oldest/id").asString());

    String lost = "/volumes/uploads/documents/invoice-0001.txt";
    String table = shop.succeeds("versions", "latest:" + lost, "-n", SHOP);
    List<String> lines = table.lines().toList();
    assertEquals(3, lines.size(), table);
    assertTrue(lines.get(1).startsWith(third.substring(0, 8)), table);
    assertTrue(lines.get(1).contains("absent") && lines.get(2).contains("-rw-r--r--"), table);
  }

  @Test
  void twoRestorePointsAreToldApartByPathsCountsAndBytes() {
    JsonNode diff = shop.json("diff", first, second);
    List<String> changes =
        items(diff).stream()
            .filter(item -> !item.path("change").asString().equals("metadata-only"))
            .map(item -> item.path("change").asString() + " " + item.path("path").asString())
            .toList();
    assertEquals(
        List.of(
            "changed " + SETTINGS,
            "changed " + SECRET,
            "added /volumes/uploads/documents/contract [1].txt",
            "removed /volumes/uploads/documents/invoice-0001.txt",
            "changed " + INVOICE,
            "changed /volumes/uploads/images/rope-000.png"),
        changes);
    assertEquals(4, diff.at("/counts/changed/count").asInt());
    assertEquals(3, diff.at("/counts/added/bytesAfter").asLong());
    assertFalse(diff.path("same").asBoolean());
    assertEquals(second, diff.at("/after/id").asString());

    CommandLineRun same = shop.run("diff", second + ":/manifests", third);
    assertEquals(0, same.status(), same.err());
    assertEquals("", same.out());
    assertEquals("No differences.\n", same.err());
  }

  @Test
  void oneTextFileIsShownLineByLine() {
    String diff = shop.succeeds("diff", first, second, INVOICE);
    assertTrue(
        diff.startsWith(
            "--- "
                + first.substring(0, 8)
                + ":"
                + INVOICE
                + "\n+++ "
                + second.substring(0, 8)
                + ":"
                + INVOICE
                + "\n@@ -1,4 +1,4 @@\n-Chandlery\n+Chandlery Ltd\n Invoice 7\n"),
        diff);

    CommandLineRun picture = shop.run("diff", first, second, "volumes/uploads/images/rope-000.png");
    assertTrue(picture.out().startsWith("changed "), picture.out());
    assertTrue(picture.err().contains("no text"), picture.err());
  }

  @Test
  void manifestsAreComparedWithoutNoiseAndSecretsMasked() {
    String settings = shop.succeeds("diff", first, second, SETTINGS);
    assertTrue(settings.contains("\n-  CURRENCY: EUR\n+  CURRENCY: CHF\n"), settings);
    assertFalse(settings.contains("resourceVersion"), settings);
    assertTrue(shop.succeeds("diff", first, second, SETTINGS, "--noise").contains("+  resourceV"));

    for (String format : List.of("table", "json")) {
      String masked = shop.succeeds("diff", first, second, SECRET, "-o", format);
      assertFalse(masked.contains(KEY) || masked.contains(OTHER_KEY), masked);
      assertTrue(masked.contains("-  api-key: "), masked);
    }
    String shown = shop.succeeds("diff", first, second, SECRET, "--show-secrets");
    assertTrue(shown.contains("-  api-key: " + KEY), shown);
    assertTrue(shown.contains("+  api-key: " + OTHER_KEY), shown);
  }

  @Test
  void manifestsAreComparedWithWhatIsLive() {
    JsonNode same = shop.json("diff", second, "--live");
    assertTrue(same.path("same").asBoolean(), same.toString());
    assertTrue(same.at("/after/live").asBoolean());

    List<String> changes =
        items(shop.json("diff", first, "--live", "/manifests")).stream()
            .map(item -> item.path("change").asString() + " " + item.path("path").asString())
            .toList();
    assertEquals(List.of("changed " + SETTINGS, "changed " + SECRET), changes);

    String settings = shop.succeeds("diff", first, "--live", SETTINGS);
    assertTrue(settings.contains("\n+++ live\n"), settings);
    assertTrue(settings.contains("\n-  CURRENCY: EUR\n+  CURRENCY: CHF\n"), settings);
    String masked = shop.succeeds("diff", first + ":" + SECRET, "--live");
    assertFalse(masked.contains(KEY) || masked.contains(OTHER_KEY), masked);
    String shown = shop.succeeds("diff", first, "--live", SECRET, "--show-secrets");
    assertTrue(shown.contains(OTHER_KEY), shown);
    fails(2, "diff.no-manifest", "diff", first, "--live", "/volumes/uploads");
  }

  @Test
  void filesAreFoundByNameByPathAndByWhatTheyAre() {
    String named = shop.succeeds("find", "invoice-000[0-2]*", "-o", "name");
    assertEquals(
        third
            + ":/volumes/uploads/documents/invoice-0000.txt\n"
            + third
            + ":/volumes/uploads/documents/invoice-0002.txt\n",
        named);
    String one = shop.succeeds("find", "**/invoice-0001.txt", "--point", first, "-o", "name");
    assertEquals(first + ":/volumes/uploads/documents/invoice-0001.txt\n", one);
    assertTrue(shop.succeeds("cat", one.strip()).contains("Invoice 1\n"));
    assertEquals("", shop.succeeds("find", "*.txt", "--point", first + ":/manifests"));
    assertEquals("", shop.succeeds("find", "documents/*", "-n", SHOP));
    JsonNode contract = shop.json("find", "contract \\[1\\].{txt,pdf}", "-n", SHOP);
    assertEquals("FoundFileList", contract.path("kind").asString());
    assertEquals(third, contract.at("/items/0/restorePoint").asString());
    assertEquals(3, contract.at("/items/0/size").asInt());

    String large = "/volumes/data-db-0/**";
    List<JsonNode> segments =
        items(shop.json("find", large, "--larger", "500Ki", "--smaller", "1Mi", "-n", SHOP));
    assertEquals(3, segments.size(), segments.toString());
    List<JsonNode> fresh = items(shop.json("find", "*.txt", "--newer", "1h", "-n", SHOP));
    assertEquals(2, fresh.size(), fresh.toString());
    assertTrue(items(shop.json("find", "*.txt", "--older", "2020-01-01")).isEmpty());
  }

  /// *Save as JSON…* writes the very documents.
  @Test
  void theWindowSavesWhatTheCommandLinePrints() throws IOException {
    Path file = folder.resolve("window.json");
    ComparisonFile window =
        new ComparisonFile(
            new Console(
                InputStream.nullInputStream(),
                System.out,
                System.err,
                Terminal.none(),
                new Redactor()));
    Path engines = folder.resolve("window-engine");
    try (Secret secret = Secret.of("correct horse");
        RepositorySession session =
            RepositorySession.open(
                new RepositoryLocation(folder.resolve("repository").toString()), secret);
        Engine engine =
            Engine.open(
                new EngineSettings(
                    Files.createDirectories(engines.resolve("data")),
                    Files.createDirectories(engines.resolve("state")),
                    Files.createDirectories(engines.resolve("cache")),
                    Map.of(),
                    InstantSource.system()));
        ClusterSession cluster =
            engine
                .clusters()
                .open(
                    new ContextRequest(
                        shop.sandbox().kubeconfig(), "", "", List.of(), (_, _) -> false))) {
      List<RestorePoint> points = engine.restorePoints(session).list(PointFilter.ALL);
      RestorePoint after = points.get(1);
      RestorePoint before = points.get(2);
      window.save(session, before, after, "/volumes", file, new CancelToken());
      assertEquals(
          shop.json("diff", first, second, "/volumes"),
          JsonMapper.shared().readTree(Files.readString(file)));
      window.save(session, before, cluster, "/manifests", file, new CancelToken());
      assertEquals(
          shop.json("diff", first, "--live", "/manifests"),
          JsonMapper.shared().readTree(Files.readString(file)));
    }
  }

  @Test
  void whatIsCopiedOutStaysBesideWhatIsThere() throws IOException {
    Path target = Files.createDirectories(folder.resolve("kept"));
    Path mine = Files.writeString(target.resolve("contract [1].txt"), "mine");
    String contract = second + ":/volumes/uploads/documents/contract [1].txt";
    shop.succeeds("get", contract, target.toString(), "--existing", "keep-both");
    shop.succeeds("get", contract, target.toString(), "--existing", "keep-both");
    assertEquals("mine", Files.readString(mine));
    assertEquals("new", Files.readString(target.resolve("contract [1] (2).txt")));
    assertEquals("new", Files.readString(target.resolve("contract [1] (3).txt")));
    assertEquals(2, shop.run("get", contract, target.toString(), "--existing", "both").status());
  }

  @Test
  void whatIsNotThereOrNoPatternIsToldSo() {
    fails(4, "restore-point.not-found", "versions", "ffff", INVOICE);
    fails(4, "versions.no-path", "versions", "latest", "/volumes/uploads/no/such", "-n", SHOP);
    fails(4, "repository.no-path", "diff", first, second, "/volumes/uploads/no/such");
    fails(4, "repository.no-path", "diff", first, "--live", "/manifests/none");
    fails(4, "restore-point.not-found", "diff", first, "ffff");
    fails(2, "diff.usage", "diff", first);
    fails(2, "command.two-paths", "diff", first + ":/volumes", second, "/manifests");
    fails(4, "restore-point.not-found", "find", "*", "-n", "none");
    fails(4, "repository.no-path", "find", "*", "--point", first + ":/volumes/none");
    fails(2, "find.bad-pattern", "find", "invoice-[0");
    fails(2, "find.bad-pattern", "find", "");
    fails(2, "find.bad-time", "find", "*", "--newer", "soon");
    assertEquals(2, shop.run("find", "*", "--larger", "much").status());
  }
}
