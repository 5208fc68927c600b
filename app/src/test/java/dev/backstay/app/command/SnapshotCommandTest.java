package dev.backstay.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `backstay snapshot` against the demo cluster.
class SnapshotCommandTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  @TempDir Path folder;

  private Sandbox sandbox;

  @BeforeEach
  void cluster() {
    sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")));
    sandbox.apply("", "{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
    claim("data", "db", "immediate");
    claim("log", "db", "immediate");
    claim("uploads", "files", "immediate");
    claim("unused", "files", "standard");
    sandbox.settle(PATIENCE);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private void claim(String name, String tier, String storageClass) {
    sandbox.apply(
        "shop",
        """
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {name: %s, labels: {app: shop, tier: %s}}
        spec:
          accessModes: [ReadWriteOnce]
          storageClassName: %s
          resources: {requests: {storage: 64Mi}}
        """
            .formatted(name, tier, storageClass));
  }

  private CommandLineRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("snapshot"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("-n", "shop"));
    return CommandLineRun.of(
        folder.resolve("home"),
        Map.of("KUBECONFIG", sandbox.kubeconfig().toString()),
        all.toArray(String[]::new));
  }

  private JsonNode json(int status, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-o", "json"));
    CommandLineRun run = run(all.toArray(String[]::new));
    assertEquals(status, run.status(), run.err());
    return JsonMapper.shared().readTree(run.out());
  }

  private JsonNode object(String resource, String name) {
    return JsonMapper.shared().readTree(sandbox.get(resource, "shop", name).orElseThrow());
  }

  private boolean exists(String resource, String name) {
    return sandbox.get(resource, "shop", name).isPresent();
  }

  private static String volumeSnapshots() {
    return "volumesnapshots.snapshot.storage.k8s.io";
  }

  private static String groups() {
    return "volumegroupsnapshots.groupsnapshot.storage.k8s.io";
  }

  @Test
  void aVolumeSnapshotStaysAndIsNoTemporaryObject() {
    JsonNode result = json(0, "take", "data", "--name", "before");
    assertEquals("Completed", result.path("outcome").asString());
    JsonNode taken = result.path("volumeSnapshots").path(0);
    assertEquals("before", taken.path("name").asString());
    assertEquals("data", taken.path("pvc").asString());
    assertTrue(taken.path("ready").asBoolean(), taken.toString());
    JsonNode labels = object(volumeSnapshots(), "before").at("/metadata/labels");
    assertFalse(labels.has("backstay.dev/job"), labels.toString());
    assertFalse(labels.has("backstay.dev/installation"), labels.toString());
  }

  @Test
  void aDryRunMakesNothing() {
    JsonNode plan = json(0, "take", "data", "--name", "before", "--dry-run");
    assertEquals("snap", plan.at("/volumeSnapshots/0/volumeSnapshotClass").asString());
    assertFalse(exists(volumeSnapshots(), "before"));
  }

  @Test
  void labelsThatFitMakeAGroup() {
    JsonNode plan = json(0, "take", "data", "log", "--dry-run");
    assertEquals("app=shop,tier=db", plan.at("/group/selector").asString());
    JsonNode taken = json(0, "take", "data", "log", "--name", "both").path("volumeSnapshots");
    assertEquals(2, taken.size(), taken.toString());
    taken.forEach(one -> assertEquals("both", one.path("group").asString()));
    assertFalse(object(groups(), "both").at("/metadata/labels").has("backstay.dev/job"));
  }

  @Test
  void labelsThatDoNotFitMeanOneByOne() {
    JsonNode plan = json(0, "take", "data", "uploads", "--dry-run");
    assertTrue(plan.path("group").isNull(), plan.toString());
    assertTrue(plan.path("grouping").asString().contains("--group"), plan.toString());
    JsonNode taken = json(0, "take", "data", "uploads", "--name", "x").path("volumeSnapshots");
    assertEquals(2, taken.size(), taken.toString());
    assertTrue(exists(volumeSnapshots(), "x-data") && exists(volumeSnapshots(), "x-uploads"));
  }

  @Test
  void aGroupThatIsAskedForGetsALabelThatIsTakenAwayAgain() {
    JsonNode plan = json(0, "take", "data", "uploads", "--group", "--dry-run");
    assertTrue(plan.at("/group/temporaryLabel").asBoolean(), plan.toString());
    JsonNode taken =
        json(0, "take", "data", "uploads", "--group", "--name", "both").path("volumeSnapshots");
    assertEquals(2, taken.size(), taken.toString());
    for (String pvc : List.of("data", "uploads")) {
      JsonNode labels = object("persistentvolumeclaims", pvc).at("/metadata/labels");
      assertEquals(2, labels.size(), labels.toString());
    }
  }

  @Test
  void anUnboundPvcAndAClassOfAnotherDriverBlock() {
    CommandLineRun unbound = run("take", "unused");
    assertEquals(1, unbound.status());
    assertTrue(unbound.err().contains("volumesnapshot.unbound"), unbound.err());
    CommandLineRun noClass = run("take", "data", "--class", "nix", "--dry-run");
    assertEquals(1, noClass.status());
    assertTrue(noClass.err().contains("there is no VolumeSnapshotClass nix"), noClass.err());
    assertEquals(4, run("take", "nix").status());
  }

  @Test
  void aNameThatIsTakenBlocks() {
    assertEquals(0, run("take", "data", "--name", "one").status());
    CommandLineRun again = run("take", "data", "--name", "one");
    assertEquals(1, again.status());
    assertTrue(again.err().contains("volumesnapshot.exists"), again.err());
  }

  @Test
  void whatTookTooLongLeavesNothing() {
    CommandLineRun late =
        run("take", "data", "--class", "snap-slow", "--name", "late", "--timeout", "2s");
    assertEquals(1, late.status());
    assertTrue(late.err().contains("was not ready in 2 s"), late.err());
    assertFalse(exists(volumeSnapshots(), "late"));
  }

  @Test
  void contradictionsAreUsageErrors() {
    assertEquals(2, run("take", "data", "--group", "--class", "snap").status());
    assertEquals(2, run("take", "data", "--name", "No_Name").status());
    assertEquals(2, run("take").status());
    assertEquals(2, run().status());
  }

  @Test
  void whatMayNotBeDoneIsInThePlan() {
    sandbox.apply(
        "shop",
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: reader}
        rules:
        - {apiGroups: [""], resources: [persistentvolumeclaims, pods], verbs: [get, list]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: reader}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: reader}]
        """);
    CommandLineRun run =
        CommandLineRun.of(
            folder.resolve("home"),
            Map.of("KUBECONFIG", sandbox.kubeconfig("reader", "shop").toString()),
            "snapshot",
            "take",
            "data",
            "--class",
            "snap",
            "--dry-run");
    assertEquals(1, run.status());
    assertTrue(run.err().contains("you may not create volumesnapshots"), run.err());
    assertTrue(run.out().contains("Missing permissions"), run.out());
  }

  @Test
  void aPvcComesBackFromAVolumeSnapshot() throws IOException {
    Files.writeString(sandbox.volume("shop", "data").resolve("file"), "old");
    assertEquals(0, run("take", "data", "--name", "before").status());
    Files.writeString(sandbox.volume("shop", "data").resolve("file"), "new");
    JsonNode result = json(0, "restore", "before", "--to", "copy");
    assertEquals("copy", result.at("/pvcs/0/name").asString(), result.toString());
    assertEquals("old", Files.readString(sandbox.volume("shop", "copy").resolve("file")));
    JsonNode copy = object("persistentvolumeclaims", "copy");
    assertEquals("immediate", copy.at("/spec/storageClassName").asString());
    assertFalse(copy.at("/metadata/labels").has("backstay.dev/job"), copy.toString());
  }

  @Test
  void aPvcThatExistsIsNotTouchedAndASmallerOneIsRefused() {
    assertEquals(0, run("take", "data", "--name", "before").status());
    CommandLineRun there = run("restore", "before", "--to", "log");
    assertEquals(1, there.status());
    assertTrue(there.err().contains("volumesnapshot.exists"), there.err());
    CommandLineRun small = run("restore", "before", "--to", "copy", "--size", "1Mi");
    assertEquals(1, small.status());
    assertTrue(small.err().contains("volumesnapshot.too-small"), small.err());
    assertEquals(2, run("restore", "before", "--to", "copy", "--size", "much").status());
    assertEquals(4, run("restore", "nix", "--to", "copy").status());
    assertFalse(exists("persistentvolumeclaims", "copy"));
  }

  @Test
  void aClassThatWaitsLeavesThePvcPendingAndSaysSo() {
    assertEquals(0, run("take", "data", "--name", "before").status());
    CommandLineRun run = run("restore", "before", "--to", "copy", "--class", "standard");
    assertEquals(0, run.status(), run.err());
    assertTrue(run.err().contains("stays Pending"), run.err());
    JsonNode copy = object("persistentvolumeclaims", "copy");
    assertEquals("Pending", copy.at("/status/phase").asString());
    CommandLineRun needed = run("delete", "before", "--yes");
    assertEquals(1, needed.status());
    assertTrue(needed.err().contains("volumesnapshot.needed"), needed.err());
  }

  @Test
  void deletingAsksAndSaysWhatItMeans() {
    assertEquals(0, run("take", "data", "--name", "one").status());
    JsonNode plan = json(0, "delete", "one", "--dry-run");
    assertTrue(plan.path("destroys").asBoolean(), plan.toString());
    assertTrue(plan.at("/volumeSnapshots/0/effect").asString().contains("its data is lost"));
    CommandLineRun unasked = run("delete", "one");
    assertEquals(2, unasked.status());
    assertTrue(unasked.err().contains("plan.needs-yes"), unasked.err());
    assertTrue(exists(volumeSnapshots(), "one"));
    assertEquals(0, run("delete", "one", "--yes").status());
    assertFalse(exists(volumeSnapshots(), "one"));
    assertEquals(4, run("delete", "one", "--yes").status());
  }

  @Test
  void retainedDataIsSaidToStayAndPvcsFromItAreNamed() {
    assertEquals(0, run("take", "data", "--class", "snap-retain", "--name", "kept").status());
    assertEquals(0, run("restore", "kept", "--to", "copy").status());
    JsonNode plan = json(0, "delete", "kept", "--dry-run");
    assertTrue(plan.at("/volumeSnapshots/0/effect").asString().contains("stays"), plan.toString());
    assertEquals("copy", plan.at("/volumeSnapshots/0/pvcs/0").asString());
    assertEquals("volumesnapshot.has-pvc", plan.at("/warnings/0/code").asString());
  }

  @Test
  void membersGoWithTheirGroupAndNotBefore() {
    JsonNode taken = json(0, "take", "data", "log", "--name", "both").path("volumeSnapshots");
    String member = taken.at("/0/name").asString();
    CommandLineRun alone = run("delete", member, "--yes");
    assertEquals(1, alone.status());
    assertTrue(alone.err().contains("volumegroupsnapshot/both"), alone.err());
    assertEquals(0, run("delete", "volumegroupsnapshot/both", "--yes").status());
    assertFalse(exists(groups(), "both"));
    assertFalse(exists(volumeSnapshots(), member));
  }
}
