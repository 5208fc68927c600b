package dev.backstay.sandbox.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.access.AccessAnswer;
import dev.backstay.cluster.access.AccessQuestion;
import dev.backstay.cluster.access.AccessReview;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.Query;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.model.EngineException;
import dev.backstay.model.ForbiddenException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Users with few rights, and what namespaces refuse.
abstract class AccessContract extends ClusterContract {

  private ClusterConnection limited() {
    String name = "limited";
    String user = "system:serviceaccount:" + namespace() + ":" + name;
    if (connection().find(path("api/v1", "serviceaccounts") + "/" + name).isEmpty()) {
      create(
          path("api/v1", "serviceaccounts"),
          "{apiVersion: v1, kind: ServiceAccount, metadata: {name: limited}}");
      create(
          path("apis/rbac.authorization.k8s.io/v1", "roles"),
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: {name: limited}
          rules:
          - {apiGroups: [""], resources: [configmaps], verbs: [get, list]}
          - {apiGroups: [""], resources: [pods], resourceNames: [mine], verbs: [delete]}
          - {apiGroups: [""], resources: [pods/exec], verbs: [get]}
          """);
      create(
          path("apis/rbac.authorization.k8s.io/v1", "rolebindings"),
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: RoleBinding
          metadata: {name: limited}
          roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: limited}
          subjects: [{kind: ServiceAccount, name: limited}]
          """
              .replace("name: limited}]", "name: limited, namespace: " + namespace() + "}]"));
    }
    return as(user);
  }

  @Test
  void letsALimitedUserReadWhatItsRoleSays() {
    try (ClusterConnection limited = limited()) {
      assertTrue(limited.list(path("api/v1", "configmaps"), Query.NONE).hasNext());
    }
  }

  @Test
  void refusesALimitedUserEverythingElse() {
    try (ClusterConnection limited = limited()) {
      for (String path :
          List.of(
              path("api/v1", "secrets"),
              "/api/v1/namespaces",
              "/api/v1/namespaces/default/configmaps",
              "/api/v1/persistentvolumes",
              "/apis/storage.k8s.io/v1/storageclasses")) {
        assertThrows(ForbiddenException.class, () -> limited.get(path), path);
      }
      assertThrows(
          ForbiddenException.class,
          () ->
              limited.create(
                  path("api/v1", "configmaps"),
                  yaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}"),
                  WriteMode.DRY_RUN));
    }
  }

  @Test
  void showsALimitedUserWhatIsServed() {
    try (ClusterConnection limited = limited()) {
      ServedTypes seen = ServedTypes.discover(limited);

      assertTrue(seen.byKind("apps", "Deployment").isPresent());
    }
  }

  @Test
  void answersReviewsAsItDecides() {
    try (ClusterConnection limited = limited()) {
      assertEquals(false, denied(limited, "list", "configmaps", ""));
      assertEquals(true, denied(limited, "list", "secrets", ""));
      assertEquals(true, denied(limited, "create", "configmaps", ""));
      assertEquals(false, denied(limited, "get", "pods", "exec"));
      assertEquals(true, denied(limited, "create", "pods", "exec"));
      assertEquals(true, denied(limited, "delete", "pods", ""));
    }
  }

  private boolean denied(ClusterConnection as, String verb, String resource, String subresource) {
    AccessQuestion question =
        AccessQuestion.of(verb, "", resource, namespace()).subresource(subresource);
    List<AccessAnswer> answers = new AccessReview(as).ask(List.of(question));
    return answers.getFirst().denied();
  }

  @Test
  void allowsAnAdministratorEverything() {
    assertFalse(denied(connection(), "delete", "secrets", ""));
    assertFalse(denied(connection(), "create", "pods", "portforward"));
  }

  @Test
  void refusesPodsBeyondAQuotaEvenInADryRun() {
    String other = newNamespace();
    create(
        "/api/v1/namespaces/" + other + "/resourcequotas",
        "{apiVersion: v1, kind: ResourceQuota, metadata: {name: none}, spec: {hard: {pods:"
            + " \"0\"}}}");
    await("/api/v1/namespaces/" + other + "/resourcequotas", "none", "/status/hard/pods", "0");

    EngineException refused = assertThrows(ForbiddenException.class, () -> dryRunPod(other, ""));

    assertTrue(String.valueOf(refused.getMessage()).contains("quota"), refused.getMessage());
  }

  @Test
  void refusesPodsThatBreakTheNamespacesSecurityLevel() {
    String other = newNamespace();
    connection()
        .patch(
            "/api/v1/namespaces/" + other,
            dev.backstay.cluster.connection.PatchType.MERGE,
            yaml("{metadata: {labels: {pod-security.kubernetes.io/enforce: restricted}}}"),
            WriteMode.APPLY);

    EngineException refused = assertThrows(ForbiddenException.class, () -> dryRunPod(other, ""));

    assertTrue(String.valueOf(refused.getMessage()).contains("PodSecurity"), refused.getMessage());
  }

  @Test
  void refusesContainersBeyondALimitRange() {
    String other = newNamespace();
    create(
        "/api/v1/namespaces/" + other + "/limitranges",
        """
        apiVersion: v1
        kind: LimitRange
        metadata: {name: small}
        spec: {limits: [{type: Container, max: {memory: 16Mi}}]}
        """);

    EngineException refused =
        assertThrows(
            ForbiddenException.class,
            () -> dryRunPod(other, ", resources: {limits: {memory: 1Gi}}"));

    assertTrue(String.valueOf(refused.getMessage()).contains("memory"), refused.getMessage());
  }

  private void dryRunPod(String other, String more) {
    connection()
        .create(
            "/api/v1/namespaces/" + other + "/pods",
            yaml(
                "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c,"
                    + " image: busybox"
                    + more
                    + "}]}}"),
            WriteMode.DRY_RUN);
  }
}
