package dev.backstay.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.connection.PatchType;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.connection.Watch;
import dev.backstay.cluster.connection.WatchEvent;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.manifest.ManifestReader;
import dev.backstay.cluster.manifest.ManifestSelection;
import dev.backstay.model.CancelToken;
import dev.backstay.model.ConflictException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Objects: discovery, reading, writing, watching.
abstract class ApiContract extends ClusterContract {

  private String maps() {
    return path("api/v1", "configmaps");
  }

  private ObjectNode map(String name, String data) {
    return create(
        maps(),
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: "
            + name
            + ", labels: {of: contract}}, data: {k: "
            + data
            + "}}");
  }

  @Test
  void saysWhichClusterItIs() {
    assertEquals(36, connection().clusterId().length());
    assertTrue(connection().serverVersion().atLeast(1, 30));
  }

  @Test
  void servesTheKindsThatAreNeeded() {
    for (String kind : List.of("Pod", "PersistentVolumeClaim", "ConfigMap", "Secret", "Service")) {
      assertTrue(types().byKind("", kind).isPresent(), kind);
    }
    assertTrue(types().byKind("apps", "StatefulSet").isPresent());
    assertTrue(types().byKind("snapshot.storage.k8s.io", "VolumeSnapshot").isPresent());
    assertTrue(types().byKind("groupsnapshot.storage.k8s.io", "VolumeGroupSnapshot").isPresent());
    assertEquals(List.of(), types().warnings());
  }

  @Test
  void writesMetadataOfItsOwn() {
    ObjectNode made = map("metadata", "v");

    assertEquals(36, text(made, "/metadata/uid").length());
    assertTrue(text(made, "/metadata/creationTimestamp").endsWith("Z"));
    assertFalse(text(made, "/metadata/resourceVersion").isEmpty());
    assertEquals("backstay", text(made, "/metadata/managedFields/0/manager"));
    assertEquals(made, connection().get(maps() + "/metadata"));
  }

  @Test
  void makesUpNames() {
    String manifest = "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}";

    ObjectNode one = create(maps(), manifest);
    ObjectNode two = create(maps(), manifest);

    assertTrue(text(one, "/metadata/name").matches("made-[a-z0-9]{5}"));
    assertNotEquals(text(one, "/metadata/name"), text(two, "/metadata/name"));
  }

  @Test
  void refusesASecondOfTheSameName() {
    map("twice", "v");

    ConflictException refused = assertThrows(ConflictException.class, () -> map("twice", "v"));

    assertEquals("cluster.already-exists", refused.code());
  }

  @Test
  void refusesNamesThatAreNone() {
    assertThrows(InvalidInputException.class, () -> map("Not_A_Name", "v"));
  }

  @Test
  void refusesAStaleVersion() {
    ObjectNode first = map("stale", "one");
    ObjectNode second = first.deepCopy();
    second.withObject("/data").put("k", "two");
    connection().replace(maps() + "/stale", second, WriteMode.APPLY);

    first.withObject("/data").put("k", "three");

    assertThrows(
        ConflictException.class,
        () -> connection().replace(maps() + "/stale", first, WriteMode.APPLY));
    assertEquals("two", text(connection().get(maps() + "/stale"), "/data/k"));
  }

  @Test
  void saysWhatIsNotThere() {
    assertThrows(NotFoundException.class, () -> connection().get(maps() + "/nothing"));
    assertThrows(
        NotFoundException.class,
        () -> connection().get("/api/v1/namespaces/" + namespace() + "/nothings"));
    assertTrue(connection().delete(maps() + "/nothing", DeleteOptions.BACKGROUND).isEmpty());
  }

  @Test
  void refusesWhatGoesIntoNoNamespace() {
    assertThrows(
        NotFoundException.class,
        () ->
            create(
                "/api/v1/namespaces/contract-nowhere/configmaps",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"));
  }

  @Test
  void patchesInThreeWays() {
    map("patched", "one");
    String path = maps() + "/patched";

    connection().patch(path, PatchType.MERGE, yaml("{data: {k: two, l: x}}"), WriteMode.APPLY);
    assertEquals("two", text(connection().get(path), "/data/k"));
    connection().patch(path, PatchType.MERGE, yaml("{data: {l: null}}"), WriteMode.APPLY);
    assertTrue(connection().get(path).at("/data/l").isMissingNode());
    connection()
        .patch(
            path,
            PatchType.JSON,
            yaml("{p: [{op: replace, path: /data/k, value: three}]}").path("p"),
            WriteMode.APPLY);
    assertEquals("three", text(connection().get(path), "/data/k"));
    connection().patch(path, PatchType.STRATEGIC, yaml("{data: {m: four}}"), WriteMode.APPLY);
    assertEquals("four", text(connection().get(path), "/data/m"));
    assertEquals("three", text(connection().get(path), "/data/k"));
  }

  @Test
  void appliesAndTakesBackWhatIsNoLongerApplied() {
    String path = maps() + "/applied";
    String head = "{apiVersion: v1, kind: ConfigMap, metadata: {name: applied}, data: ";

    connection().apply(path, yaml(head + "{a: one, b: two}}"), false, WriteMode.APPLY);
    connection().apply(path, yaml(head + "{b: three}}"), false, WriteMode.APPLY);

    ObjectNode now = connection().get(path);
    assertEquals("three", text(now, "/data/b"));
    assertTrue(now.at("/data/a").isMissingNode());
  }

  @Test
  void stopsAnApplyOverFieldsOfOthersUnlessForced() {
    map("owned", "theirs");
    ObjectNode wanted =
        yaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: owned}, data: {k: ours}}");
    Query other = Query.of("fieldManager", "another");
    assertEquals("theirs", text(connection().get(maps() + "/owned", other), "/data/k"));

    ConflictException refused =
        assertThrows(
            ConflictException.class,
            () -> connection().apply(maps() + "/owned", wanted, false, WriteMode.APPLY));

    assertEquals("cluster.conflict", refused.code());
    connection().apply(maps() + "/owned", wanted, true, WriteMode.APPLY);
    assertEquals("ours", text(connection().get(maps() + "/owned"), "/data/k"));
  }

  @Test
  void storesNothingInADryRun() {
    ObjectNode tried =
        connection()
            .create(
                maps(),
                yaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: dry}}"),
                WriteMode.DRY_RUN);

    assertEquals("dry", text(tried, "/metadata/name"));
    assertTrue(connection().find(maps() + "/dry").isEmpty());
  }

  @Test
  void listsInPages() {
    for (int i = 0; i < 7; i++) {
      map("page-" + i, "v");
    }
    Query selected = Query.labels("of=contract").and("limit", "3");

    ObjectNode first = connection().get(maps(), selected);
    String token = text(first, "/metadata/continue");
    ObjectNode second = connection().get(maps(), selected.and("continue", token));

    assertEquals(3, first.path("items").size());
    assertEquals(3, second.path("items").size());
    assertNotEquals(text(first, "/items/0/metadata/name"), text(second, "/items/0/metadata/name"));
    assertEquals(
        text(first, "/metadata/resourceVersion"), text(second, "/metadata/resourceVersion"));
  }

  @Test
  void listsEverythingThroughTheIterator() {
    map("listed", "v");
    Iterator<ObjectNode> all = connection().list(maps(), Query.NONE);
    List<String> names = new ArrayList<>();
    all.forEachRemaining(o -> {
      assertEquals("ConfigMap", text(o, "/kind"));
      names.add(text(o, "/metadata/name"));
    });

    assertTrue(names.contains("listed"));
    assertTrue(names.contains("kube-root-ca.crt"));
  }

  @Test
  void selectsByLabelsAndFields() {
    create(maps(), "{apiVersion: v1, kind: ConfigMap, metadata: {name: sel-a, labels: {x: a}}}");
    create(maps(), "{apiVersion: v1, kind: ConfigMap, metadata: {name: sel-b, labels: {x: b}}}");

    assertEquals(List.of("sel-a"), names(Query.labels("x=a")));
    assertEquals(List.of("sel-a", "sel-b"), names(Query.labels("x in (a,b)")));
    assertEquals(List.of("sel-b"), names(Query.labels("x,x!=a")));
    assertEquals(List.of("sel-b"), names(Query.fields("metadata.name=sel-b")));
    assertThrows(
        InvalidInputException.class, () -> connection().get(maps(), Query.fields("data.k=v")));
  }

  private List<String> names(Query query) {
    List<String> names = new ArrayList<>();
    connection().list(maps(), query).forEachRemaining(o -> names.add(text(o, "/metadata/name")));
    return names;
  }

  @Test
  void watchesFromAVersionOn() {
    Query one = Query.fields("metadata.name=watched");
    String from = text(connection().get(maps()), "/metadata/resourceVersion");
    try (Watch watch = connection().watch(maps(), one, from)) {
      map("watched", "one");
      map("not-watched", "one");
      connection()
          .patch(maps() + "/watched", PatchType.MERGE, yaml("{data: {k: two}}"), WriteMode.APPLY);
      connection().delete(maps() + "/watched", DeleteOptions.BACKGROUND);

      assertEquals(WatchEvent.Type.ADDED, watch.next().type());
      WatchEvent changed = watch.next();
      assertEquals(WatchEvent.Type.MODIFIED, changed.type());
      assertEquals("two", text(changed.object(), "/data/k"));
      assertEquals(WatchEvent.Type.DELETED, watch.next().type());
    }
  }

  @Test
  void keepsWhatFinalizersHold() {
    create(
        maps(),
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers:"
            + " [backstay.dev/held]}}");
    Optional<ObjectNode> held = connection().delete(maps() + "/held", DeleteOptions.BACKGROUND);

    assertFalse(text(held.orElseThrow(), "/metadata/deletionTimestamp").isEmpty());
    connection()
        .patch(
            maps() + "/held",
            PatchType.MERGE,
            yaml("{metadata: {finalizers: null}}"),
            WriteMode.APPLY);
    assertTrue(connection().find(maps() + "/held").isEmpty());
  }

  @Test
  void deletesOnlyTheObjectThatIsMeant() {
    map("meant", "v");

    assertThrows(
        ConflictException.class,
        () -> connection().delete(maps() + "/meant", DeleteOptions.BACKGROUND.onlyUid("another")));
    assertTrue(connection().find(maps() + "/meant").isPresent());
  }

  @Test
  void deletesDependentsWithTheirOwner() {
    ObjectNode owner = map("owner", "v");
    create(
        maps(),
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: dependent, ownerReferences:"
            + " [{apiVersion: v1, kind: ConfigMap, name: owner, uid: "
            + text(owner, "/metadata/uid")
            + "}]}}");

    connection().delete(maps() + "/owner", DeleteOptions.BACKGROUND);

    connection().awaitGone(maps(), "dependent", null, SOON);
  }

  @Test
  void emptiesANamespaceBeforeItGoes() {
    String other = newNamespace();
    create(
        "/api/v1/namespaces/" + other + "/configmaps",
        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [backstay.dev/held]}}");

    connection().delete("/api/v1/namespaces/" + other, DeleteOptions.BACKGROUND);
    await("/api/v1/namespaces", other, "/status/phase", "Terminating");
    connection()
        .patch(
            "/api/v1/namespaces/" + other + "/configmaps/a",
            PatchType.MERGE,
            yaml("{metadata: {finalizers: null}}"),
            WriteMode.APPLY);

    connection().awaitGone("/api/v1/namespaces", other, null, SOON);
  }

  @Test
  void servesCustomObjectsOnceTheyAreDefined() {
    String group = "g" + namespace().substring(9) + ".backstay.dev";
    String definition = "boats." + group;
    connection()
        .create(
            "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
            yaml(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %s}
                spec:
                  group: %s
                  scope: Namespaced
                  names: {kind: Boat, plural: boats, singular: boat}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """
                    .formatted(definition, group)),
            WriteMode.APPLY);
    String definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    connection()
        .await(
            definitions,
            definition,
            SOON,
            found ->
                found.filter(o -> o.at("/status/conditions").toString().contains("Established")));
    String boats = "/apis/" + group + "/v1/namespaces/" + namespace() + "/boats";
    connection()
        .await(
            "/api/v1/namespaces",
            namespace(),
            SOON,
            any ->
                connection()
                    .find("/apis/" + group + "/v1")
                    .map(Optional::of)
                    .orElse(Optional.empty()));

    create(
        boats, "{apiVersion: " + group + "/v1, kind: Boat, metadata: {name: a}, spec: {sails: 2}}");

    assertEquals(2, connection().get(boats + "/a").at("/spec/sails").asInt());
    assertTrue(ServedTypes.discover(connection()).byKind(group, "Boat").isPresent());
    connection().delete(definitions + "/" + definition, DeleteOptions.BACKGROUND);
    connection().awaitGone(definitions, definition, null, SOON);
  }

  @Test
  void readsAllManifestsOfANamespace() {
    map("manifest", "v");
    List<String> paths = new ArrayList<>();

    new ManifestReader(connection(), types())
        .read(
            namespace(),
            ManifestSelection.ALL,
            manifest -> paths.add(manifest.path()),
            new CancelToken());

    assertTrue(
        paths.stream().anyMatch(p -> p.endsWith("core/configmaps/manifest.yaml")),
        paths.toString());
  }
}
