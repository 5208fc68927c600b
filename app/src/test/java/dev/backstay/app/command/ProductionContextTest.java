package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole command line on a context that is marked production, watched where its requests
/// arrive.
class ProductionContextTest {

  private static final String SHOP = Shop.NAMESPACE;
  private static final String CONTEXT = "sandbox";

  /// An allow-list of its own: the one under test proves nothing about itself.
  private static final List<Pattern> ALLOWED =
      List.of(
          Pattern.compile("GET /(version|api|apis|openapi/v[23])(\\?.*)?"),
          Pattern.compile("GET /api/v1(\\?.*)?"),
          Pattern.compile("GET /apis/[a-z0-9.]+/v[a-z0-9]+(\\?.*)?"),
          Pattern.compile(
              "GET /(api/v1|apis/[a-z0-9.]+/v[a-z0-9]+)(/namespaces/[a-z0-9-]+)?"
                  + "/[a-z]+(/[A-Za-z0-9.:-]+)?(\\?.*)?"),
          Pattern.compile("POST /apis/authorization.k8s.io/v1/selfsubject[a-z]+reviews(\\?.*)?"),
          Pattern.compile("(POST|PUT|PATCH) /[a-z0-9./-]+\\?(.*&)?dryRun=All(&.*)?"));

  @TempDir Path folder;

  private Shop shop;

  @BeforeEach
  void backedUpShop() throws IOException {
    shop = Shop.open(folder);
    shop.succeeds("backup", "-n", SHOP);
    shop.succeeds("snapshot", "take", "uploads", "-n", SHOP, "--name", "before");
    shop.sandbox().delete("configmaps", SHOP, dev.backstay.sandbox.DemoShop.A_CONFIG_MAP);
  }

  @AfterEach
  void stop() {
    shop.close();
  }

  private void mark(String... options) {
    shop.succeeds(Shop.with(new String[] {"context", "mark", CONTEXT}, options));
    shop.sandbox().requests().record();
  }

  /// Only what changes nothing arrived.
  private void nothingElseArrived() {
    for (String request : shop.sandbox().requests().seen()) {
      assertTrue(allowed(request), request);
    }
  }

  private static boolean allowed(String request) {
    return ALLOWED.stream().anyMatch(one -> one.matcher(request).matches());
  }

  private void looks(String... arguments) {
    shop.succeeds(arguments);
    nothingElseArrived();
  }

  /// Refused because of the lock and nothing else, by the plan and before anything is sent.
  private void refused(String... arguments) {
    CommandLineRun run = shop.run(arguments);
    assertTrue(run.status() != 0, run.out() + run.err());
    assertTrue(run.err().contains("context.locked"), run.out() + run.err());
    assertTrue(run.err().contains("--unlock " + CONTEXT), run.err());
    nothingElseArrived();
  }

  private boolean lockIsTheOnlyBlocker(String... arguments) {
    CommandLineRun run = shop.run(Shop.with(arguments, "--dry-run", "-o", "json"));
    JsonNode blockers = JsonMapper.shared().readTree(run.out()).path("blockers");
    nothingElseArrived();
    return blockers.size() == 1
        && blockers.path(0).path("code").asString("").equals("context.locked");
  }

  @Test
  void whileItIsLockedNothingIsChanged() {
    mark("--production");
    looks("contexts");
    looks("namespaces");
    looks("pvcs", "-A", "-o", "wide");
    looks("classes");
    looks("snapshots", "-A");
    looks("points");
    looks("jobs");
    assertFalse(shop.sandbox().requests().seen().isEmpty());
    for (String[] change : changes()) {
      refused(change);
      refused(Shop.with(change, "--dry-run"));
      assertTrue(lockIsTheOnlyBlocker(change), String.join(" ", change));
    }
    assertTrue(
        shop.sandbox().requests().seen().stream().anyMatch(seen -> seen.contains("dryRun=All")));
  }

  private static List<String[]> changes() {
    return List.of(
        new String[] {"backup", "-n", SHOP},
        new String[] {"backup", "-n", SHOP, "--no-volumes"},
        new String[] {"restore", "latest", "-n", SHOP, "--yes"},
        new String[] {"restore", "latest", "-n", SHOP, "--to-namespace", "copy", "--yes"},
        new String[] {
          "restore", "latest", "-n", SHOP, "--existing", "overwrite", "--volumes", "mirror", "--yes"
        },
        new String[] {"snapshot", "take", "uploads", "-n", SHOP},
        new String[] {"snapshot", "restore", "before", "-n", SHOP, "--to", "copy"},
        new String[] {"snapshot", "delete", "before", "-n", SHOP, "--yes"},
        new String[] {"cleanup"});
  }

  @Test
  void itsNameUnlocksItForOneCommand() {
    mark("--production");
    for (String wrong : List.of("", "Sandbox", "other")) {
      CommandLineRun run = shop.run("backup", "-n", SHOP, "--unlock", wrong);
      assertEquals(2, run.status(), run.err());
      assertTrue(run.err().contains("context.name-differs"), run.err());
    }
    nothingElseArrived();

    shop.succeeds("backup", "-n", SHOP, "--unlock", CONTEXT);
    shop.succeeds("restore", "latest", "-n", SHOP, "--unlock", CONTEXT);
    shop.succeeds("snapshot", "delete", "before", "-n", SHOP, "--yes", "--unlock", CONTEXT);
    assertFalse(shop.sandbox().requests().seen().stream().allMatch(p -> allowed(p)));

    shop.sandbox().requests().record();
    refused("backup", "-n", SHOP);
  }

  @Test
  void onATerminalItsNameIsAskedFor() {
    mark("--production");
    CommandLineRun wrong = typing("y\n", "backup", "-n", SHOP);
    assertEquals(2, wrong.status(), wrong.err());
    assertTrue(wrong.err().contains("Type its name"), wrong.err());
    nothingElseArrived();
    CommandLineRun plan = typing("", "backup", "-n", SHOP, "--dry-run");
    assertFalse(plan.err().contains("Type its name"), plan.err());
    nothingElseArrived();

    CommandLineRun right = typing(CONTEXT + "\n", "backup", "-n", SHOP);
    assertEquals(0, right.status(), right.out() + right.err());
  }

  private CommandLineRun typing(String typed, String... arguments) {
    return CommandLineRun.typing(typed, shop.home(), shop.environment(), arguments);
  }

  @Test
  void aBackUpHasAGrantOfItsOwn() {
    mark("--production", "--backups");
    JsonNode outcome = shop.json("backup", "-n", SHOP, "--force");
    assertEquals("Completed", outcome.path("outcome").asString(), outcome.toString());
    assertEquals(0, outcome.path("warnings").size(), outcome.toString());
    for (String request : shop.sandbox().requests().seen()) {
      assertTrue(allowed(request) || ofABackUp(request), request);
    }
    shop.succeeds("cleanup");
    shop.sandbox().requests().record();
    refused("restore", "latest", "-n", SHOP, "--yes");
    refused("snapshot", "take", "uploads", "-n", SHOP);
    refused("snapshot", "restore", "before", "-n", SHOP, "--to", "copy");
    refused("snapshot", "delete", "before", "-n", SHOP, "--yes");
  }

  @Test
  void aGroupIsTakenAndRemovedUnderThatGrant() {
    shop.sandbox().apply("", "{apiVersion: v1, kind: Namespace, metadata: {name: pair}}");
    for (String pvc : List.of("data", "log")) {
      shop.sandbox().apply("pair", claim(pvc, "{app: pair}"));
    }
    shop.settle();
    mark("--production", "--backups");
    JsonNode outcome = shop.json("backup", "-n", "pair");
    assertEquals("Completed", outcome.path("outcome").asString(), outcome.toString());
    assertEquals(0, outcome.path("warnings").size(), outcome.toString());
    assertTrue(
        shop.sandbox().requests().seen().stream()
            .anyMatch(r -> r.startsWith("POST") && r.contains("/volumegroupsnapshots?")));
    assertEquals(0, shop.json("snapshots", "-n", "pair").path("items").size());
  }

  @Test
  void aCleanUpRemovesOnlyWhatCarriesOurLabel() {
    String installation = installation(shop.home());
    shop.sandbox().apply(SHOP, claim("left", "{backstay.dev/installation: " + installation + "}"));
    String labels = "{backstay.dev/job: dead, backstay.dev/installation: " + installation + "}";
    shop.sandbox().apply(SHOP, claim("dead", labels));
    shop.settle();
    mark("--production", "--backups");

    CommandLineRun run = shop.run("cleanup");

    assertEquals(3, run.status(), run.out() + run.err());
    assertTrue(shop.sandbox().get("persistentvolumeclaims", SHOP, "dead").isEmpty());
    assertTrue(shop.sandbox().get("persistentvolumeclaims", SHOP, "left").isPresent());
  }

  private static String installation(Path home) {
    try {
      return Files.readString(home.resolve("data/installation-id")).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String claim(String name, String labels) {
    return """
    apiVersion: v1
    kind: PersistentVolumeClaim
    metadata: {name: %s, labels: %s}
    spec:
      accessModes: [ReadWriteOnce]
      storageClassName: immediate
      resources: {requests: {storage: 64Mi}}
    """
        .formatted(name, labels);
  }

  /// Temporary objects of ours, and nothing else.
  private static boolean ofABackUp(String request) {
    String kinds = "(pods|persistentvolumeclaims|volumesnapshots|volumegroupsnapshots)";
    return request.matches("POST /apis?/.*/namespaces/shop/" + kinds + "\\?.*")
        || request.matches("DELETE /apis?/.*/namespaces/shop/" + kinds + "/backstay-.*")
        || request.matches("DELETE /apis/.*/namespaces/shop/volumesnapshots/snapshot-.*")
        || request.matches("GET /api/v1/namespaces/shop/pods/[^/]+/(exec|portforward)\\?.*")
        || request.matches("PATCH /api/v1/persistentvolumes/[^/]+\\?.*")
        || request.matches("PATCH /apis/.*/volume(group)?snapshotcontents/[^/]+\\?.*");
  }

  @Test
  void theListOfContextsSaysIt() {
    mark("--production", "--colour", "RED");
    assertTrue(shop.succeeds("contexts").contains("yes"));
    mark("--backups", "--unlock", CONTEXT);
    assertTrue(shop.succeeds("contexts").contains("yes, backups allowed"));
    JsonNode context = shop.json("contexts").path("items").path(0);
    assertTrue(context.path("production").asBoolean());
    assertTrue(context.path("backups").asBoolean());
    assertEquals("RED", context.path("colour").asString());
  }

  @Test
  void onlyItsNameMakesItLessProtected() throws IOException {
    mark("--production");
    Path settings = shop.home().resolve("config/settings.yaml");
    String before = Files.readString(settings);
    for (String option : List.of("--no-production", "--backups")) {
      CommandLineRun run = shop.run("context", "mark", CONTEXT, option);
      assertEquals(2, run.status(), run.err());
      assertTrue(run.err().contains("context.needs-name"), run.err());
    }
    assertEquals(4, shop.run("context", "mark", "sandbx", "--production").status());
    assertEquals(before, Files.readString(settings));

    mark("--no-production", "--unlock", CONTEXT);
    shop.succeeds("backup", "-n", SHOP);
  }
}
