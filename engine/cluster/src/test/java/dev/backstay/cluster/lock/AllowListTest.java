package dev.backstay.cluster.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.cluster.mover.Mover;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What leaves a locked context, and what a back-up may do beyond it.
class AllowListTest {

  private static final String CORE = "/api/v1/namespaces/shop/";
  private static final String VSC =
      "/apis/snapshot.storage.k8s.io/v1/volumesnapshotcontents/snapcontent-1";

  private static Operation operation(String method, String target, String body) {
    HttpUrl url = HttpUrl.get("https://server" + target);
    List<Operation.Parameter> query = new ArrayList<>();
    for (int i = 0; i < url.querySize(); i++) {
      String value = url.queryParameterValue(i);
      query.add(new Operation.Parameter(url.queryParameterName(i), value == null ? "" : value));
    }
    return new Operation(
        method,
        url.encodedPath(),
        Target.of(url.pathSegments()),
        query,
        () -> JsonMapper.shared().readTree(body));
  }

  @ParameterizedTest
  @CsvSource({
    "yes, GET, /version",
    "yes, GET, /api",
    "yes, GET, /apis/apps/v1",
    "yes, GET, /openapi/v3/apis/apps/v1",
    "yes, GET, /api/v1/namespaces",
    "yes, GET, /api/v1/namespaces/shop",
    "yes, GET, /api/v1/pods?watch=true",
    "yes, HEAD, /api/v1/namespaces/shop/pods/db-0",
    "yes, GET, /api/v1/namespaces/shop/secrets/s",
    "yes, GET, /api/v1/namespaces/shop/pods/db-0/log?follow=true",
    "yes, GET, /apis/apps/v1/namespaces/shop/deployments/web/scale",
    "yes, GET, /apis/rbac.authorization.k8s.io/v1/clusterroles/system:node",
    "no, GET, /api/v1/namespaces/shop/pods/db-0/exec?command=ls",
    "no, GET, /api/v1/namespaces/shop/pods/db-0%2Fexec?command=ls",
    "no, GET, /api/v1/namespaces/shop/pods/db-0%2fexec",
    "no, GET, /api/v1/namespaces/shop/pods/db-0%252Fexec",
    "no, GET, /api/v1/namespaces/shop/pods//db-0/exec",
    "no, POST, /api/v1/namespaces/shop/pods/db-0/exec?dryRun=All",
    "no, GET, /api/v1/namespaces/shop/pods/db-0/attach",
    "no, GET, /api/v1/namespaces/shop/pods/db-0/portforward?ports=1",
    "no, GET, /api/v1/namespaces/shop/pods/db-0/proxy",
    "no, GET, /api/v1/namespaces/shop/pods/db-0/proxy/admin/delete",
    "no, GET, /api/v1/namespaces/shop/services/web/proxy/",
    "no, GET, /api/v1/namespaces/shop/services/web:80/proxy/x",
    "no, GET, /api/v1/nodes/n1/proxy/run/shop/db-0/db",
    "no, GET, /api/v1/nodes/n1/proxy",
    "no, GET, /api/v1/proxy/nodes/n1",
    "no, GET, /apis/subresources.kubevirt.io/v1/namespaces/a/virtualmachineinstances/b/console",
    "no, GET, /",
    "no, GET, /metrics",
    "no, GET, /logs/",
    "yes, POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    "yes, POST, /apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
    "yes, POST, /apis/authentication.k8s.io/v1/selfsubjectreviews",
    "no, POST, /apis/authorization.k8s.io/v1/subjectaccessreviews",
    "no, POST, /apis/evil.example/v1/selfsubjectaccessreviews",
    "no, POST, /apis/authentication.k8s.io/v1/tokenreviews?dryRun=All",
    "no, DELETE, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    "no, POST, /api/v1/namespaces/shop/pods",
    "yes, POST, /api/v1/namespaces/shop/pods?dryRun=All",
    "yes, POST, /api/v1/namespaces?dryRun=All&fieldManager=backstay",
    "no, POST, /api/v1/namespaces/shop/pods?dryRun=all",
    "no, POST, /api/v1/namespaces/shop/pods?dryRun=",
    "no, POST, /api/v1/namespaces/shop/pods?dryRun=All&dryRun=",
    "no, POST, /api/v1/namespaces/shop/pods?dryrun=All",
    "yes, PUT, /apis/apps/v1/namespaces/shop/deployments/web?dryRun=All",
    "no, PUT, /apis/apps/v1/namespaces/shop/deployments/web",
    "yes, PATCH, /apis/apps/v1/namespaces/shop/deployments/web?dryRun=All",
    "no, PATCH, /apis/apps/v1/namespaces/shop/deployments/web",
    "no, PATCH, /apis/apps/v1/namespaces/shop/deployments/web/scale?dryRun=All",
    "no, DELETE, /api/v1/namespaces/shop/pods/db-0",
    "no, DELETE, /api/v1/namespaces/shop/pods/db-0?dryRun=All",
    "no, DELETE, /api/v1/namespaces/shop/pods",
    "no, POST, /api/v1/namespaces/shop/pods/db-0/eviction?dryRun=All",
    "no, POST, /api/v1/namespaces/shop/bindings?dryRun=All",
    "no, POST, /api/v1/namespaces/shop/pods/db-0/binding?dryRun=All",
    "no, POST, /api/v1/namespaces/shop/serviceaccounts/default/token?dryRun=All",
    "no, PUT, /api/v1/namespaces/shop/finalize?dryRun=All",
    "no, CONNECT, /api/v1/namespaces/shop/pods/db-0/exec",
    "no, TRACE, /api/v1/namespaces",
  })
  void aReadOnlyContextLetsOut(String allowed, String method, String target) {
    assertEquals(allowed.equals("yes"), ReadRules.allow(operation(method, target, "{}")), target);
  }

  private static String exec(String pod, String verb) {
    HttpUrl.Builder url = HttpUrl.get("https://s" + CORE + "pods/" + pod + "/exec").newBuilder();
    Stream.of("sh", "-c", Mover.script(), "backstay", verb, "/volume")
        .forEach(word -> url.addQueryParameter("command", word));
    return url.build().toString().substring("https://s".length());
  }

  private static boolean backUp(String method, String target, String body, String... there) {
    Map<String, JsonNode> objects =
        Arrays.stream(there)
            .map(text -> text.split(" ", 2))
            .collect(
                java.util.stream.Collectors.toMap(
                    pair -> pair[0], pair -> JsonMapper.shared().readTree(pair[1])));
    return BackUpRules.allow(
        operation(method, target, body), path -> Optional.ofNullable(objects.get(path)));
  }

  private static void allowed(boolean expected, boolean actual) {
    assertEquals(expected, actual);
  }

  @Test
  void aBackUpMakesWhatCarriesOurNameAndLabel() {
    String ours = "{'metadata':{'name':'backstay-1-a','labels':{'backstay.dev/job':'1'}}}";
    String theirs = "{'metadata':{'name':'web','labels':{'backstay.dev/job':'1'}}}";
    String unlabelled = "{'metadata':{'name':'backstay-1-a'}}";
    for (String kind : List.of("pods", "persistentvolumeclaims")) {
      allowed(true, backUp("POST", CORE + kind, json(ours)));
      allowed(false, backUp("POST", CORE + kind, json(theirs)));
      allowed(false, backUp("POST", CORE + kind, json(unlabelled)));
    }
    allowed(false, backUp("POST", CORE + "secrets", json(ours)));
    allowed(false, backUp("POST", "/apis/apps/v1/namespaces/shop/deployments", json(ours)));
    allowed(false, backUp("POST", CORE + "pods/backstay-1-a/eviction", json(ours)));
    allowed(false, backUp("PUT", CORE + "pods/backstay-1-a", json(ours)));
  }

  @Test
  void aBackUpDeletesWhatIsOurs() {
    String pod = CORE + "pods/backstay-1-a";
    allowed(true, backUp("DELETE", pod, "{}", pod + labelled()));
    allowed(true, backUp("DELETE", pod, "{}"));
    allowed(false, backUp("DELETE", pod, "{}", pod + " {}"));
    allowed(false, backUp("DELETE", CORE + "pods", "{}"));
    allowed(false, backUp("DELETE", CORE + "secrets/x", "{}", CORE + "secrets/x" + labelled()));
    String member = "/apis/snapshot.storage.k8s.io/v1/namespaces/shop/volumesnapshots/snapshot-1";
    allowed(true, backUp("DELETE", member, "{}", member + ownedBy("backstay-1-group")));
    allowed(false, backUp("DELETE", member, "{}", member + ownedBy("nightly")));
  }

  @Test
  void aBackUpRunsOnlyOurScript() {
    allowed(true, backUp("GET", exec("db-0", "read"), "{}"));
    allowed(false, backUp("GET", exec("db-0", "remove"), "{}"));
    allowed(false, backUp("GET", exec("db-0", "serve"), "{}"));
    allowed(true, backUp("GET", exec("backstay-1-a", "serve"), "{}"));
    allowed(false, backUp("GET", CORE + "pods/backstay-1-a/exec?command=sh", "{}"));
    allowed(true, backUp("GET", CORE + "pods/backstay-1-a/portforward?ports=1", "{}"));
    allowed(false, backUp("GET", CORE + "pods/db-0/portforward?ports=1", "{}"));
    allowed(false, backUp("GET", CORE + "services/backstay-x/proxy", "{}"));
  }

  @Test
  void aBackUpLetsOnlyOurVolumesGo() {
    String pv = "/api/v1/persistentvolumes/pvc-1";
    String delete = json("{'spec':{'persistentVolumeReclaimPolicy':'Delete'}}");
    String more = json("{'spec':{'persistentVolumeReclaimPolicy':'Delete','x':1}}");
    String ours = pv + " " + json("{'spec':{'claimRef':{'name':'backstay-1-a'}}}");
    String theirs = pv + " " + json("{'spec':{'claimRef':{'name':'data-db-0'}}}");
    allowed(true, backUp("PATCH", pv, delete, ours));
    allowed(false, backUp("PATCH", pv, delete, theirs));
    allowed(false, backUp("PATCH", pv, delete));
    allowed(false, backUp("PATCH", pv, more, ours));
    String policy = json("{'spec':{'deletionPolicy':'Delete'}}");
    String content =
        VSC + json(" {'spec':{'volumeSnapshotRef':{'namespace':'shop','name':'snapshot-1'}}}");
    String member = "/apis/snapshot.storage.k8s.io/v1/namespaces/shop/volumesnapshots/snapshot-1";
    allowed(true, backUp("PATCH", VSC, policy, content, member + ownedBy("backstay-1-group")));
    allowed(false, backUp("PATCH", VSC, policy, content, member + ownedBy("nightly")));
  }

  @Test
  void aBackUpTakesOnlyOurLabelOffPvcs() {
    String pvc = CORE + "persistentvolumeclaims/data";
    String ours = json("{'metadata':{'labels':{'backstay.dev/volume-group':null}}}");
    allowed(true, backUp("PATCH", pvc, ours));
    allowed(false, backUp("PATCH", pvc, json("{'metadata':{'labels':{'app':null}}}")));
    allowed(false, backUp("PATCH", pvc, json("{'spec':{}}")));
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }

  private static String labelled() {
    return json(" {'metadata':{'labels':{'backstay.dev/job':'1'}}}");
  }

  private static String ownedBy(String group) {
    return json(
        " {'metadata':{'ownerReferences':[{'kind':'VolumeGroupSnapshot','name':'"
            + group
            + "'}]}}");
  }
}
