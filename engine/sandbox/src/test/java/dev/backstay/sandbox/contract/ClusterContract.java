package dev.backstay.sandbox.contract;

import dev.backstay.cluster.connection.ClusterConnection;
import dev.backstay.cluster.connection.DeleteOptions;
import dev.backstay.cluster.connection.WriteMode;
import dev.backstay.cluster.discovery.ServedTypes;
import dev.backstay.cluster.kubeconfig.Impersonation;
import dev.backstay.cluster.manifest.CanonicalYaml;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A connection as administrator, and a namespace of its own for each class.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ClusterContract {

  static final Duration SOON = Duration.ofSeconds(90);

  private ContractCluster cluster;
  private ClusterConnection connection;
  private String namespace;
  private ServedTypes types;

  abstract ContractCluster start();

  @BeforeAll
  void open() {
    cluster = start();
    connection = cluster.open(Impersonation.NONE);
    namespace = newNamespace();
    types = ServedTypes.discover(connection);
  }

  private final List<String> made = new ArrayList<>();

  @AfterAll
  void close() {
    if (connection != null) {
      made.forEach(
          name -> connection.delete("/api/v1/namespaces/" + name, DeleteOptions.BACKGROUND));
      connection.close();
      cluster.end().run();
    }
  }

  /// A namespace with its service account.
  String newNamespace() {
    String name = "contract-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    connection.create(
        "/api/v1/namespaces",
        yaml("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}"),
        WriteMode.APPLY);
    made.add(name);
    connection.await(
        "/api/v1/namespaces/" + name + "/serviceaccounts", "default", SOON, found -> found);
    return name;
  }

  ClusterConnection connection() {
    return connection;
  }

  ClusterConnection as(String user) {
    return cluster.open(Impersonation.of(user, java.util.List.of()));
  }

  String namespace() {
    return namespace;
  }

  ServedTypes types() {
    return types;
  }

  /// The collection of a namespaced kind.
  String path(String groupAndVersion, String plural) {
    return "/" + groupAndVersion + "/namespaces/" + namespace + "/" + plural;
  }

  static ObjectNode yaml(String text) {
    return CanonicalYaml.read(text.getBytes(StandardCharsets.UTF_8));
  }

  ObjectNode create(String collection, String text) {
    return connection.create(collection, yaml(text), WriteMode.APPLY);
  }

  static String text(JsonNode object, String pointer) {
    return object.at(pointer).asString("");
  }

  /// Waits until the field has the value.
  ObjectNode await(String collection, String name, String pointer, String value) {
    return connection.await(
        collection,
        name,
        SOON,
        found ->
            found
                .filter(o -> text(o, pointer).equals(value))
                .map(Optional::of)
                .orElse(Optional.empty()));
  }
}
