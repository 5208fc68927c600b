package dev.backstay.cluster.apply.clean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.apply.clean.Cleaned.LeftOut;
import dev.backstay.cluster.apply.clean.Cleaned.Restorable;
import dev.backstay.cluster.manifest.ManifestKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is taken off a stored object, what stays, and what is not restored at all. JSON is written
/// without its quotes here.
class ManifestCleanerTest {

  private static final JsonMapper LAX =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .build();

  private static final CleanOptions HOME = CleanOptions.between("shop", "shop");
  private static final CleanOptions AWAY = CleanOptions.between("shop", "copy");

  private final List<StoredObject> all = new ArrayList<>();

  private static ObjectNode json(String text) {
    return (ObjectNode) LAX.readTree(text);
  }

  private static StoredObject stored(String group, String kind, String name, String text) {
    String plural = kind.toLowerCase(java.util.Locale.ROOT) + "s";
    boolean namespaced = !kind.equals("PersistentVolume");
    ManifestKey key = new ManifestKey(group, "v1", plural, kind, namespaced ? "shop" : null, name);
    ObjectNode object = json(text);
    object.withObject("/metadata").put("name", name);
    return new StoredObject(key, object);
  }

  private Cleaned clean(CleanOptions options, String group, String kind, String text) {
    StoredObject object = stored(group, kind, "one", text);
    String before = object.object().toString();
    List<StoredObject> set = new ArrayList<>(all);
    set.add(object);
    Cleaned cleaned = new ManifestCleaner(options).clean(set).getLast();
    assertEquals(before, object.object().toString(), "what is stored is not changed");
    return cleaned;
  }

  private ObjectNode restored(CleanOptions options, String group, String kind, String text) {
    return assertInstanceOf(Restorable.class, clean(options, group, kind, text)).object();
  }

  private void leftOut(String group, String kind, String text, String reason) {
    LeftOut out = assertInstanceOf(LeftOut.class, clean(HOME, group, kind, text));
    assertTrue(out.reason().contains(reason), out.reason());
  }

  @Test
  void whatTheServerWroteGoesAndTheNamespaceIsTheTargets() {
    Restorable cleaned =
        assertInstanceOf(
            Restorable.class,
            clean(
                AWAY,
                "",
                "ConfigMap",
                "{metadata: {namespace: 'shop', uid: 'u', resourceVersion: '7', generation: 3,"
                    + " creationTimestamp: 't', managedFields: [{}], labels: {app: 'x'},"
                    + " annotations: {'backstay.dev/replicas': '3', mine: 'yes'}},"
                    + " data: {a: '1'}, status: {x: 1}}"));
    assertEquals(
        json(
            "{metadata: {namespace: 'copy', labels: {app: 'x'}, annotations: {mine: 'yes'},"
                + " name: 'one'}, data: {a: '1'}}"),
        cleaned.object());
    assertEquals("copy", cleaned.key().namespace());
  }

  @Test
  void unknownFieldsStay() {
    ObjectNode object = restored(HOME, "", "ConfigMap", "{data: {}, future: {deep: [1, 'a']}}");
    assertEquals(json("{deep: [1, 'a']}"), object.get("future"));
  }

  @Test
  void finalizersOfControllersGoAndAreNamed() {
    Restorable cleaned =
        assertInstanceOf(
            Restorable.class,
            clean(
                HOME,
                "",
                "ConfigMap",
                "{metadata: {finalizers: ['kubernetes.io/pvc-protection', 'acme.io/guard']}}"));
    assertTrue(cleaned.object().at("/metadata/finalizers").isMissingNode());
    assertEquals(List.of("without its finalizers: acme.io/guard"), cleaned.notes());
  }

  @Test
  void allocatedAddressesGoAndChosenPortsStay() {
    ObjectNode object =
        restored(
            HOME,
            "",
            "Service",
            "{metadata: {annotations: {'kubectl.kubernetes.io/last-applied-configuration':"
                + " '{\"spec\":{\"ports\":[{\"port\":80,\"nodePort\":30080}]}}'}},"
                + " spec: {clusterIP: '10.0.0.7', clusterIPs: ['10.0.0.7'], type: 'NodePort',"
                + " healthCheckNodePort: 30555,"
                + " ports: [{port: 80, nodePort: 30080}, {port: 81, nodePort: 31999}]}}");
    assertEquals(
        json("{type: 'NodePort', ports: [{port: 80, nodePort: 30080}, {port: 81}]}"),
        object.get("spec"));
  }

  @Test
  void aHeadlessServiceStaysHeadless() {
    ObjectNode object =
        restored(HOME, "", "Service", "{spec: {clusterIP: 'None', clusterIPs: ['None']}}");
    assertEquals("None", object.at("/spec/clusterIP").asString());
  }

  @Test
  void aPvcComesBackUnboundInTheMappedClass() {
    ObjectNode object =
        restored(
            AWAY.withClassMap(Map.of("fast", "slow")),
            "",
            "PersistentVolumeClaim",
            "{metadata: {annotations: {'pv.kubernetes.io/bind-completed': 'yes',"
                + " 'volume.kubernetes.io/selected-node': 'n1', mine: '1'}},"
                + " spec: {storageClassName: 'fast', volumeName: 'pvc-1',"
                + " volumeAttributesClassName: 'gold', dataSource: {kind: 'VolumeSnapshot'},"
                + " resources: {requests: {storage: '1Gi'}}}}");
    assertEquals(
        json("{storageClassName: 'slow', resources: {requests: {storage: '1Gi'}}}"),
        object.get("spec"));
    assertEquals(json("{mine: '1'}"), object.at("/metadata/annotations"));
  }

  @Test
  void aRetainedVolumeMadeByHandIsKeptWithItsPvcAtHomeOnly() {
    String byHand = "{spec: {persistentVolumeReclaimPolicy: 'Retain', claimRef: {uid: 'u'}}}";
    all.add(stored("", "PersistentVolume", "disk", byHand));
    String claim = "{spec: {volumeName: 'disk'}}";
    assertEquals(
        "disk",
        restored(HOME, "", "PersistentVolumeClaim", claim).at("/spec/volumeName").asString());
    assertTrue(
        restored(AWAY, "", "PersistentVolumeClaim", claim).at("/spec/volumeName").isMissingNode());
    String provisioned =
        "{metadata: {annotations: {'pv.kubernetes.io/provisioned-by': 'csi'}},"
            + " spec: {persistentVolumeReclaimPolicy: 'Retain'}}";
    leftOut("", "PersistentVolume", provisioned, "a new volume is provisioned");
  }

  @Test
  void whatAControllerMakesIsLeftOutButNotData() {
    all.add(stored("apps", "Deployment", "web", "{metadata: {uid: 'd'}}"));
    String owned =
        "{metadata: {ownerReferences: [{apiVersion: 'apps/v1', kind: 'Deployment', name: 'web',"
            + " uid: 'd', controller: true}]}}";
    leftOut("apps", "ReplicaSet", owned, "made by");
    ObjectNode secret = restored(HOME, "", "Secret", owned);
    assertTrue(secret.at("/metadata/ownerReferences").isMissingNode());
    all.clear();
    restored(HOME, "apps", "ReplicaSet", owned); // its owner is not there to make it again
  }

  @Test
  void whatHasEndedIsNotStartedAgain() {
    leftOut("", "Pod", "{status: {phase: 'Succeeded'}}", "ended");
    leftOut(
        "batch", "Job", "{status: {conditions: [{type: 'Complete', status: 'True'}]}}", "ended");
  }

  @Test
  void aJobThatHadNotEndedLosesTheLabelsOfItsPods() {
    ObjectNode job =
        restored(
            HOME,
            "batch",
            "Job",
            "{spec: {selector: {matchLabels: {'batch.kubernetes.io/controller-uid': 'u'}},"
                + " template: {metadata: {labels: {'controller-uid': 'u', mine: '1'}}}}}");
    assertEquals(json("{template: {metadata: {labels: {mine: '1'}}}}"), job.get("spec"));
  }

  @Test
  void aBarePodLosesItsNodeAndItsToken() {
    ObjectNode pod =
        restored(
            HOME,
            "",
            "Pod",
            "{spec: {nodeName: 'n1', serviceAccountName: 'app',"
                + " volumes: [{name: 'kube-api-access-x', projected: {}}, {name: 'data'}],"
                + " containers: [{name: 'c', volumeMounts:"
                + " [{name: 'kube-api-access-x'}, {name: 'data'}]}]}}");
    assertEquals(
        json(
            "{serviceAccountName: 'app', volumes: [{name: 'data'}],"
                + " containers: [{name: 'c', volumeMounts: [{name: 'data'}]}]}"),
        pod.get("spec"));
  }

  @Test
  void generatedTokensAndPublishedCertificatesAreLeftOut() {
    StoredObject token =
        stored(
            "",
            "Secret",
            "app-token-x7k2p",
            "{type: 'kubernetes.io/service-account-token',"
                + " metadata: {annotations: {'kubernetes.io/service-account.name': 'app'}}}");
    StoredObject published = stored("", "ConfigMap", "kube-root-ca.crt", "{}");
    for (Cleaned cleaned : new ManifestCleaner(HOME).clean(List.of(token, published))) {
      assertInstanceOf(LeftOut.class, cleaned);
    }
  }

  @Test
  void endpointsAreRestoredOnlyIfSomebodyWroteThem() {
    all.add(stored("", "Service", "one", "{spec: {selector: {app: 'x'}}}"));
    leftOut("", "Endpoints", "{subsets: []}", "selector");
    all.clear();
    all.add(stored("", "Service", "one", "{spec: {}}"));
    restored(HOME, "", "Endpoints", "{subsets: [{addresses: [{ip: '192.0.2.1'}]}]}");
  }

  @Test
  void subjectsMoveWithTheNamespaceAndStrangersStay() {
    ObjectNode binding =
        restored(
            AWAY,
            "rbac.authorization.k8s.io",
            "RoleBinding",
            "{subjects: [{kind: 'ServiceAccount', name: 'a', namespace: 'shop'},"
                + " {kind: 'ServiceAccount', name: 'b', namespace: 'monitoring'}]}");
    assertEquals("copy", binding.at("/subjects/0/namespace").asString());
    assertEquals("monitoring", binding.at("/subjects/1/namespace").asString());
  }

  @Test
  void cronJobsAreSuspendedOnlyWhenAsked() {
    String cron = "{spec: {schedule: '0 3 * * *'}}";
    assertTrue(restored(HOME, "batch", "CronJob", cron).at("/spec/suspend").isMissingNode());
    CleanOptions suspended = new CleanOptions("shop", "shop", Map.of(), false, true, false);
    assertTrue(restored(suspended, "batch", "CronJob", cron).at("/spec/suspend").asBoolean());
  }
}
