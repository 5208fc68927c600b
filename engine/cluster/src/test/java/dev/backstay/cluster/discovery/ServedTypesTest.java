package dev.backstay.cluster.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.ConnectionSettings;
import dev.backstay.cluster.connection.TrustPrompt;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.kubeconfig.Kubeconfig;
import dev.backstay.cluster.kubeconfig.KubeconfigFiles;
import dev.backstay.model.InvalidInputException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedTypesTest {

  @TempDir Path folder;

  private ServedTypes discover(Map<String, String> answers) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = answers.get(exchange.getRequestURI().getPath());
          byte[] bytes = (body == null ? "gone" : body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(body == null ? 404 : 200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    Path file = folder.resolve("config");
    Files.writeString(
        file,
        """
        contexts: [{name: x, context: {cluster: c, user: ""}}]
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        """
            .formatted(server.getAddress().getPort()));
    ConnectionSettings settings =
        new ConnectionSettings(Map.of(), folder, InstantSource.system(), TrustPrompt.REFUSE, false);
    Kubeconfig config = Kubeconfig.load(KubeconfigFiles.of(file, Map.of(), folder));
    try (ClusterConnection c = ClusterConnection.open(config, "x", Impersonation.NONE, settings)) {
      return ServedTypes.discover(c);
    } finally {
      server.stop(0);
    }
  }

  private static List<String> types(ServedTypes served) {
    return served.resources().stream()
        .map(r -> r.type().path("ns") + " " + r.type().kind() + " " + r.versions())
        .toList();
  }

  @Test
  void aggregatedAnswersWithOneStaleGroup() throws Exception {
    String core =
        """
        {"kind":"APIGroupDiscoveryList","items":[{"versions":[{"version":"v1","freshness":"Current","resources":[
         {"resource":"pods","responseKind":{"kind":"Pod"},"scope":"Namespaced","verbs":["list","create"],
          "subresources":[{"subresource":"exec"}]},
         {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","verbs":["list"]}]}]}]}\
        """;
    String groups =
        """
        {"kind":"APIGroupDiscoveryList","items":[
         {"metadata":{"name":"batch"},"versions":[
          {"version":"v1","freshness":"Current","resources":[
           {"resource":"jobs","responseKind":{"kind":"Job"},"scope":"Namespaced","verbs":["list"]}]},
          {"version":"v1beta1","freshness":"Current","resources":[
           {"resource":"jobs","responseKind":{"kind":"Job"},"scope":"Namespaced","verbs":["list"]},
           {"resource":"old","responseKind":{"kind":"Old"},"scope":"Namespaced","verbs":["list"]}]}]},
         {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]}]}\
        """;
    ServedTypes served = discover(Map.of("/api", core, "/apis", groups));
    assertEquals(
        List.of(
            "/api/v1/namespaces/ns/pods Pod [v1]",
            "/api/v1/nodes Node [v1]",
            "/apis/batch/v1/namespaces/ns/jobs Job [v1, v1beta1]",
            "/apis/batch/v1beta1/namespaces/ns/old Old [v1beta1]"),
        types(served));
    assertEquals("metrics.k8s.io/v1beta1", served.warnings().getFirst().item());
  }

  @Test
  void oldServersAreAskedGroupByGroup() throws Exception {
    ServedTypes served =
        discover(
            Map.of(
                "/api",
                "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}",
                "/api/v1",
                """
                {"resources":[{"name":"pods","kind":"Pod","namespaced":true,"verbs":["list"]},
                 {"name":"pods/exec","kind":"PodExecOptions","namespaced":true,"verbs":["create"]}]}\
                """,
                "/apis",
                """
                {"kind":"APIGroupList","groups":[
                 {"name":"apps","versions":[{"version":"v1beta1"},{"version":"v1"}],
                  "preferredVersion":{"version":"v1"}},
                 {"name":"broken.example","versions":[{"version":"v1"}]}]}\
                """,
                "/apis/apps/v1",
                """
                {"resources":[{"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["list"]}]}\
                """,
                "/apis/apps/v1beta1",
                """
                {"resources":[{"name":"deployments","kind":"Deployment","namespaced":true,"verbs":["list"]}]}\
                """));
    assertEquals(
        List.of(
            "/api/v1/namespaces/ns/pods Pod [v1]",
            "/apis/apps/v1/namespaces/ns/deployments Deployment [v1, v1beta1]"),
        types(served));
    assertEquals("broken.example/v1", served.warnings().getFirst().item());
  }

  @Test
  void namesCannotLeaveTheirPath() {
    ResourceType maps = ResourceType.core("configmaps", "ConfigMap");
    assertEquals(
        "/api/v1/namespaces/a%2F..%2Fb/configmaps/c%3Fd%23e", maps.path("a/../b", "c?d#e"));
    assertThrows(InvalidInputException.class, () -> maps.path("..", "a"));
    assertThrows(InvalidInputException.class, () -> maps.path("a", ""));
    assertEquals("/api/v1/namespaces/a/configmaps/system:b", maps.path("a", "system:b"));
  }
}
