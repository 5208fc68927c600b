package dev.backstay.cluster.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.cluster.Kubectl;
import dev.backstay.model.ContextInfo;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contexts of several files are those that the real kubectl shows.
@Tag("cluster")
class KubectlContextsTest {

  @TempDir Path folder;

  @Test
  void sameContextsAsKubectl() throws Exception {
    Path a =
        file(
            "a",
            """
            apiVersion: v1
            kind: Config
            contexts:
            - {name: shared, context: {cluster: a, user: a, namespace: from-a}}
            - {name: only-a, context: {cluster: a, user: a}}
            - {name: Ünïcode, context: {cluster: a, user: a}}
            - {name: user@cluster:6443/x, context: {cluster: gone, user: gone, namespace: ns}}
            clusters: [{name: a, cluster: {server: "https://a"}}]
            users: [{name: a, user: {token: x}}]
            """);
    Path b =
        file(
            "b",
            """
            {"kind": "Config", "apiVersion": "v1", "current-context": "only-b",
             "contexts": [{"name": "shared", "context": {"cluster": "b", "user": "b"}},
                          {"name": "only-b", "context": {"cluster": "b", "user": "b", "namespace": "y"}}],
             "clusters": [{"name": "b", "cluster": {"server": "https://b"}}], "users": []}
            """);
    Path c = file("sub/c", "current-context: shared\ncontexts:\n- name: only-c\n  context: {}\n");
    Path empty = file("empty", "");
    String list =
        Stream.of(a, folder.resolve("missing"), b, empty, c)
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Kubeconfig mine = Kubeconfig.load(KubeconfigFiles.of(null, Map.of("KUBECONFIG", list), folder));
    String table =
        Kubectl.run(Map.of("KUBECONFIG", list), "", "config", "get-contexts", "--no-headers")
            .succeeded()
            .output();
    assertEquals(rows(table), mine.contexts().stream().map(KubectlContextsTest::row).toList());
  }

  private Path file(String name, String content) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static List<String> rows(String table) {
    return table.lines().map(line -> line.strip().replaceAll("\\s+", " ")).toList();
  }

  private static String row(ContextInfo c) {
    return String.join(" ", c.current() ? "*" : "", c.name(), c.cluster(), c.user(), c.namespace())
        .strip()
        .replaceAll("\\s+", " ");
  }
}
