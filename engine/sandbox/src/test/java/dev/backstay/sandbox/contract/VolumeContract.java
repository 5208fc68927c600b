package dev.backstay.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.connection.PatchType;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.inventory.Inventory;
import dev.backstay.cluster.mover.FileScope;
import dev.backstay.cluster.mover.FilesIn;
import dev.backstay.cluster.mover.MoverSettings;
import dev.backstay.cluster.temporary.Creations;
import dev.backstay.cluster.temporary.JobTag;
import dev.backstay.cluster.volume.GroupPlan;
import dev.backstay.cluster.volume.VolumeMethod;
import dev.backstay.cluster.volume.VolumePlan;
import dev.backstay.cluster.volume.VolumePlanner;
import dev.backstay.cluster.volume.VolumeReader;
import dev.backstay.cluster.volume.VolumeSet;
import dev.backstay.cluster.volume.VolumeWriter;
import dev.backstay.model.CancelToken;
import dev.backstay.model.FileEntry;
import dev.backstay.model.FileEntry.FileTime;
import dev.backstay.model.FileEntry.FileType;
import dev.backstay.model.FilePath;
import dev.backstay.model.Meter;
import dev.backstay.model.PvcInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Claims, VolumeSnapshots, and files through mover pods.
abstract class VolumeContract extends ClusterContract {

  private static final MoverSettings SETTINGS = MoverSettings.DEFAULT;
  private static final long TIME = 981_173_106; // 2001-02-03

  private final JobTag tag =
      new JobTag(
          "contract-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()),
          "contract");

  private String claims() {
    return path("api/v1", "persistentvolumeclaims");
  }

  private String snapshots() {
    return path("apis/snapshot.storage.k8s.io/v1", "volumesnapshots");
  }

  private ObjectNode claim(String name, String storageClass, String source) {
    return create(
        claims(),
        "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: "
            + name
            + ", labels: {pvc: "
            + name
            + "}}, spec: {accessModes: [ReadWriteOnce], storageClassName: "
            + storageClass
            + ", resources: {requests: {storage: 64Mi}}"
            + source
            + "}}");
  }

  private void pod(String name, String claim) {
    create(
        path("api/v1", "pods"),
        """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          terminationGracePeriodSeconds: 0
          containers:
          - name: c
            image: busybox
            imagePullPolicy: IfNotPresent
            command: [sh, -c, "while :; do sleep 60; done"]
            volumeMounts: [{name: v, mountPath: /data}]
          volumes: [{name: v, persistentVolumeClaim: {claimName: %s}}]
        """
            .formatted(name, claim));
  }

  private static byte[] content(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private final Map<FilePath, byte[]> contents = new HashMap<>();

  private FileEntry file(String path, int mode, byte[] bytes) {
    contents.put(FilePath.of(path), bytes);
    return entry(path, FileType.FILE, mode, bytes.length, null);
  }

  private static FileEntry entry(
      String path,
      FileType type,
      int mode,
      long size,
      @org.jspecify.annotations.Nullable String target) {
    FileTime time = new FileTime(TIME, 0);
    FilePath link = target == null ? null : FilePath.of(target);
    return new FileEntry(
        FilePath.of(path), type, mode, 1000, 2000, size, time, time, 0, 1, 0, link);
  }

  private List<FileEntry> tree() {
    return List.of(
        entry("", FileType.FOLDER, 0755, 0, null),
        entry("etc", FileType.FOLDER, 0750, 0, null),
        file("etc/passwords", 0600, content(1, 10)),
        file("big", 0644, content(2, 3_000_000)),
        file("empty", 0640, new byte[0]),
        file("name with 'quotes' and\nnewline", 0644, content(3, 5)),
        file("\u00e4\u00f6\u00fc \u202e", 0644, content(4, 5)),
        file("x".repeat(200), 0644, content(5, 700)),
        entry("link", FileType.SYMLINK, 0777, 4, "/tmp"));
  }

  private void fill(String claim, List<FileEntry> tree, FilesIn.Mode mode) {
    try (VolumeWriter writer =
        VolumeWriter.open(
            connection(),
            namespace(),
            claim,
            SETTINGS,
            null,
            tag,
            Creations.UNHEARD,
            new CancelToken())) {
      assertEquals(
          List.of(),
          writer.write(
              tree,
              FileScope.WHOLE,
              file -> new ByteArrayInputStream(contents.get(file.path())),
              mode,
              Meter.NONE));
    }
  }

  private PvcInfo info(String claim) {
    return new Inventory(connection(), types())
        .pvcs(namespace()).items().stream()
            .filter(pvc -> pvc.name().equals(claim))
            .findFirst()
            .orElseThrow();
  }

  /// Every file with its content, read in the way that the planner chooses.
  private Map<FilePath, FileEntry> read(
      String claim, VolumeMethod expected, Map<FilePath, byte[]> into) {
    VolumePlan plan = new VolumePlanner(connection(), SETTINGS, namespace()).plan(info(claim));
    assertEquals(expected, plan.method(), plan.toString());
    CancelToken cancel = new CancelToken();
    Map<FilePath, FileEntry> seen = new TreeMap<>();
    try (VolumeSet set =
        VolumeSet.begin(
            connection(),
            namespace(),
            List.of(plan),
            null,
            SETTINGS,
            tag,
            Creations.UNHEARD,
            cancel)) {
      VolumeReader reader = set.open(claim);
      assertEquals(List.of(), reader.list(cancel, e -> seen.put(e.path(), e)));
      List<FileEntry> files =
          seen.values().stream().filter(e -> e.type() == FileType.FILE).toList();
      assertEquals(List.of(), reader.read(files, (f, in) -> into.put(f.path(), all(in)), cancel));
    }
    return seen;
  }

  private static byte[] all(java.io.InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertSame(List<FileEntry> tree, Map<FilePath, FileEntry> seen) {
    for (FileEntry file : tree) {
      FileEntry now = Optional.ofNullable(seen.get(file.path())).orElseThrow();
      assertEquals(file.type(), now.type(), file.path().toString());
      assertEquals(file.uid(), now.uid(), file.path().toString());
      assertEquals(file.gid(), now.gid(), file.path().toString());
      assertEquals(file.modified().seconds(), now.modified().seconds(), file.path().toString());
      assertEquals(file.linkTarget(), now.linkTarget());
      if (file.type() != FileType.SYMLINK) {
        assertEquals(file.mode(), now.mode(), file.path().toString());
      }
    }
  }

  @Test
  void bindsAClaimAtOnceWhereTheClassSaysSo() {
    claim("at-once", "immediate", "");

    ObjectNode bound = await(claims(), "at-once", "/status/phase", "Bound");

    String volume = text(bound, "/spec/volumeName");
    ObjectNode pv = connection().get("/api/v1/persistentvolumes/" + volume);
    assertEquals("at-once", text(pv, "/spec/claimRef/name"));
    assertEquals("snap.test.csi", text(pv, "/spec/csi/driver"));
    assertEquals("64Mi", text(bound, "/status/capacity/storage"));
  }

  @Test
  void bindsAClaimWithItsFirstConsumer() {
    claim("waits", "standard", "");
    assertEquals("Pending", text(connection().get(claims() + "/waits"), "/status/phase"));

    pod("consumer", "waits");

    await(claims(), "waits", "/status/phase", "Bound");
    await(path("api/v1", "pods"), "consumer", "/status/phase", "Running");
  }

  @Test
  void takesTheDefaultClass() {
    ObjectNode made =
        create(
            claims(),
            "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: default}, spec:"
                + " {accessModes: [ReadWriteOnce], resources: {requests: {storage: 64Mi}}}}");

    assertEquals("standard", text(made, "/spec/storageClassName"));
  }

  @Test
  void keepsAClaimAsLongAsAPodUsesIt() {
    claim("used", "standard", "");
    pod("user", "used");
    await(path("api/v1", "pods"), "user", "/status/phase", "Running");

    connection().delete(claims() + "/used", DeleteOptions.BACKGROUND);
    assertTrue(connection().find(claims() + "/used").isPresent());
    connection().delete(path("api/v1", "pods") + "/user", DeleteOptions.BACKGROUND);

    connection().awaitGone(claims(), "used", null, SOON);
  }

  @Test
  void deletesOrKeepsVolumesAsTheirClassSays() {
    claim("goes", "immediate", "");
    String goes = text(await(claims(), "goes", "/status/phase", "Bound"), "/spec/volumeName");
    claim("stays", "premium", "");
    pod("keeper", "stays");
    String stays = text(await(claims(), "stays", "/status/phase", "Bound"), "/spec/volumeName");
    connection().delete(path("api/v1", "pods") + "/keeper", DeleteOptions.BACKGROUND);

    connection().delete(claims() + "/goes", DeleteOptions.BACKGROUND);
    connection().delete(claims() + "/stays", DeleteOptions.BACKGROUND);

    String volumes = "/api/v1/persistentvolumes";
    connection().awaitGone(volumes, goes, null, SOON);
    await(volumes, stays, "/status/phase", "Released");
    connection()
        .patch(
            volumes + "/" + stays,
            PatchType.MERGE,
            yaml("{spec: {persistentVolumeReclaimPolicy: Delete}}"),
            WriteMode.APPLY);
    connection().awaitGone(volumes, stays, null, SOON);
  }

  @Test
  void takesAVolumeSnapshotAndMakesAClaimOfIt() {
    claim("source", "immediate", "");
    await(claims(), "source", "/status/phase", "Bound");
    create(
        snapshots(),
        "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name: taken},"
            + " spec: {volumeSnapshotClassName: snap, source: {persistentVolumeClaimName:"
            + " source}}}");

    ObjectNode ready = await(snapshots(), "taken", "/status/readyToUse", "true");
    assertFalse(text(ready, "/status/creationTime").isEmpty());
    ObjectNode content =
        connection()
            .get(
                "/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents/"
                    + text(ready, "/status/boundVolumeSnapshotContentName"));
    assertEquals("Delete", text(content, "/spec/deletionPolicy"));
    assertEquals("taken", text(content, "/spec/volumeSnapshotRef/name"));
    claim(
        "restored",
        "immediate",
        ", dataSource: {apiGroup: snapshot.storage.k8s.io, kind: VolumeSnapshot, name: taken}");
    await(claims(), "restored", "/status/phase", "Bound");

    connection().delete(snapshots() + "/taken", DeleteOptions.BACKGROUND);
    connection().awaitGone(snapshots(), "taken", null, SOON);
    connection()
        .awaitGone(
            "/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents",
            text(content, "/metadata/name"),
            null,
            SOON);
  }

  @Test
  void saysWhyAVolumeSnapshotFails() {
    claim("unlucky", "immediate", "");
    await(claims(), "unlucky", "/status/phase", "Bound");
    create(
        snapshots(),
        "{apiVersion: snapshot.storage.k8s.io/v1, kind: VolumeSnapshot, metadata: {name: fails},"
            + " spec: {volumeSnapshotClassName: snap-failing, source: {persistentVolumeClaimName:"
            + " unlucky}}}");

    String message =
        connection()
            .await(
                snapshots(),
                "fails",
                SOON,
                found ->
                    found
                        .map(o -> text(o, "/status/error/message"))
                        .filter(text -> !text.isEmpty()));

    assertFalse(message.isEmpty());
    connection().delete(snapshots() + "/fails", DeleteOptions.BACKGROUND);
    connection().awaitGone(snapshots(), "fails", null, SOON);
  }

  @Test
  void takesSeveralVolumesAsAGroup() {
    for (String name : List.of("group-a", "group-b")) {
      claim(name, "immediate", "");
      await(claims(), name, "/status/phase", "Bound");
      connection()
          .patch(
              claims() + "/" + name,
              PatchType.MERGE,
              yaml("{metadata: {labels: {together: \"yes\"}}}"),
              WriteMode.APPLY);
    }
    String groups = path("apis/groupsnapshot.storage.k8s.io/v1", "volumegroupsnapshots");
    create(
        groups,
        "{apiVersion: groupsnapshot.storage.k8s.io/v1, kind: VolumeGroupSnapshot, metadata: {name:"
            + " both}, spec: {volumeGroupSnapshotClassName: group, source: {selector: {matchLabels:"
            + " {together: \"yes\"}}}}}");

    await(groups, "both", "/status/readyToUse", "true");

    // the snapshot controller writes the members' status after the group's
    Set<String> members = new TreeSet<>();
    Instant last = Instant.now().plus(SOON);
    while (members.size() < 2 && Instant.now().isBefore(last)) {
      connection()
          .list(snapshots(), Query.NONE)
          .forEachRemaining(taken -> {
            if (text(taken, "/status/volumeGroupSnapshotName").equals("both")) {
              members.add(text(taken, "/spec/source/persistentVolumeClaimName"));
            }
          });
    }
    assertEquals(Set.of("group-a", "group-b"), members);
    connection().delete(groups + "/both", DeleteOptions.BACKGROUND);
    connection().awaitGone(groups, "both", null, SOON);
  }

  @Test
  void readsSeveralVolumesOfOneMoment() {
    GroupPlan plan = labelled("moment", "moment-a", "moment-b");
    assertTrue(plan.fit() != null, plan.toString());
    plan.volumes()
        .forEach(one -> assertTrue(one.consistency().contains("same one"), one.toString()));

    try (VolumeSet set = begin(plan)) {
      assertEquals(Optional.empty(), set.groupFailure());
      for (String pvc : List.of("moment-a", "moment-b")) {
        Map<FilePath, FileEntry> seen = new TreeMap<>();
        VolumeReader reader = set.open(pvc);
        assertEquals(List.of(), reader.list(new CancelToken(), e -> seen.put(e.path(), e)));
        assertTrue(seen.containsKey(FilePath.of(pvc)), seen.keySet().toString());
        assertTrue(set.plan(pvc).consistency().contains("same one"), set.plan(pvc).toString());
        set.release(pvc);
      }
    }

    assertEquals(List.of(), left("moment"));
  }

  @Test
  void readsVolumesOneByOneWhereTheGroupTakesOthersToo() {
    GroupPlan plan = labelled("alone", "alone-a", "alone-b");
    claim("alone-c", "immediate", "");
    await(claims(), "alone-c", "/status/phase", "Bound");
    together("alone-c", "alone");

    try (VolumeSet set = begin(plan)) {
      assertTrue(set.groupFailure().isPresent());
      assertFalse(set.plan("alone-a").consistency().contains("same one"));
      assertEquals(List.of(), set.open("alone-a").list(new CancelToken(), e -> {}));
    }

    assertEquals(List.of(), left("alone"));
  }

  /// Two volumes, each with a file of its name, and what would be done with them.
  private GroupPlan labelled(String label, String... pvcs) {
    List<VolumePlan> plans = new ArrayList<>();
    for (String pvc : pvcs) {
      claim(pvc, "immediate", "");
      await(claims(), pvc, "/status/phase", "Bound");
      together(pvc, label);
      fill(pvc, List.of(file(pvc, 0644, content(6, 10))), FilesIn.Mode.MERGE);
      plans.add(new VolumePlanner(connection(), SETTINGS, namespace()).plan(info(pvc)));
    }
    return GroupPlan.of(connection(), types(), namespace(), plans);
  }

  private void together(String pvc, String label) {
    connection()
        .patch(
            claims() + "/" + pvc,
            PatchType.MERGE,
            yaml("{metadata: {labels: {together: " + label + "}}}"),
            WriteMode.APPLY);
  }

  private VolumeSet begin(GroupPlan plan) {
    List<VolumePlan> single =
        plan.volumes().stream()
            .map(one ->
                new VolumePlanner(connection(), SETTINGS, namespace()).plan(info(one.pvc().name())))
            .toList();
    return VolumeSet.begin(
        connection(),
        namespace(),
        single,
        plan.fit(),
        SETTINGS,
        tag,
        Creations.UNHEARD,
        new CancelToken());
  }

  /// VolumeSnapshots of such PVCs, and groups of ours.
  private List<String> left(String pvcs) {
    List<String> left = new ArrayList<>();
    connection()
        .list(snapshots(), Query.NONE)
        .forEachRemaining(taken -> {
          String pvc = text(taken, "/spec/source/persistentVolumeClaimName");
          if (pvc.startsWith(pvcs)) {
            left.add(pvc);
          }
        });
    connection()
        .list(
            path("apis/groupsnapshot.storage.k8s.io/v1", "volumegroupsnapshots"),
            Query.labels(tag.selector()))
        .forEachRemaining(group -> left.add(text(group, "/metadata/name")));
    return left;
  }

  @Test
  void carriesFilesInAndOutThroughVolumeSnapshots() {
    claim("files", "standard", "");
    List<FileEntry> tree = tree();
    fill("files", tree, FilesIn.Mode.MERGE);
    Map<FilePath, byte[]> got = new HashMap<>();

    Map<FilePath, FileEntry> seen = read("files", VolumeMethod.VOLUME_SNAPSHOT, got);

    assertEquals(tree.size(), seen.size(), seen.keySet().toString());
    assertSame(tree, seen);
    for (FileEntry file : tree) {
      if (file.type() == FileType.FILE) {
        assertArrayEquals(contents.get(file.path()), got.get(file.path()), file.path().toString());
      }
    }
  }

  @Test
  void mirrorsAway() {
    claim("mirror", "standard", "");
    fill("mirror", tree(), FilesIn.Mode.MERGE);
    List<FileEntry> less =
        tree().stream().filter(e -> !e.path().toString().startsWith("etc")).toList();

    fill("mirror", less, FilesIn.Mode.MIRROR);

    Map<FilePath, FileEntry> seen = read("mirror", VolumeMethod.VOLUME_SNAPSHOT, new HashMap<>());
    assertEquals(less.size(), seen.size(), seen.keySet().toString());
  }

  @Test
  void leavesNothingTemporaryBehind() {
    claim("clean", "standard", "");
    fill("clean", tree(), FilesIn.Mode.MERGE);
    read("clean", VolumeMethod.VOLUME_SNAPSHOT, new HashMap<>());

    for (String collection : List.of(path("api/v1", "pods"), claims(), snapshots())) {
      Query ours = Query.labels(tag.selector());
      assertFalse(connection().list(collection, ours).hasNext(), collection);
    }
  }

  @Test
  void saysWhenAPodCannotStart() {
    claim("failing", "failing", "");
    CancelToken cancel = new CancelToken();
    MoverSettings impatient =
        new MoverSettings(
            SETTINGS.image(),
            SETTINGS.pullPolicy(),
            SETTINGS.pullSecrets(),
            SETTINGS.tolerations(),
            SETTINGS.nodeSelector(),
            SETTINGS.resources(),
            java.time.Duration.ofSeconds(8));

    assertThrows(
        dev.backstay.model.EngineException.class,
        () ->
            VolumeWriter.open(
                connection(),
                namespace(),
                "failing",
                impatient,
                null,
                tag,
                Creations.UNHEARD,
                cancel));
  }

  @Test
  void refusesAnExecThatIsNoWebSocket() {
    claim("exec", "immediate", "");
    pod("exec", "exec");
    await(path("api/v1", "pods"), "exec", "/status/phase", "Running");
    String path = path("api/v1", "pods") + "/exec/exec";

    assertThrows(
        dev.backstay.model.EngineException.class,
        () -> connection().get(path, Query.of("command", "no-such-program").and("stdout", "true")));
  }
}
