package dev.backstay.cluster.kubeconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.ContextInfo;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

  private static final String PLAIN =
      """
      apiVersion: v1
      kind: Config
      current-context: one
      contexts:
      - {name: one, context: {cluster: c, user: u, namespace: shop}}
      - {name: dangling, context: {cluster: nowhere, user: u}}
      clusters:
      - {name: c, cluster: {server: "https://a.example:6443", certificate-authority: ca.crt}}
      users:
      - {name: u, user: {token: "s3cret", tokenFile: sub/token}}
      """;

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private Kubeconfig list(Path... files) {
    String value =
        List.of(files).stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    return Kubeconfig.load(KubeconfigFiles.of(null, Map.of("KUBECONFIG", value), folder));
  }

  private static List<String> names(Kubeconfig config) {
    return config.contexts().stream().map(ContextInfo::name).toList();
  }

  @Test
  void firstFileWinsAndMissingOnesAreSkipped() throws IOException {
    Path a = file("a", PLAIN);
    Path b = file("b", PLAIN.replace("one", "two").replace("a.example", "b.example"));
    Kubeconfig config = list(folder.resolve("missing"), a, b);
    assertEquals(List.of("dangling", "one", "two"), names(config));
    assertEquals("one", config.currentContext().orElseThrow());
    // Cluster c is in both files: the first definition counts, also for contexts of the second.
    assertEquals("https://a.example:6443", config.resolve("two").cluster().server());
    assertEquals(List.of(), config.problems());
  }

  @Test
  void theDefaultFileIsInTheHomeFolder() throws IOException {
    file(".kube/config", PLAIN);
    Kubeconfig config = Kubeconfig.load(KubeconfigFiles.of(null, Map.of("KUBECONFIG", ""), folder));
    assertFalse(config.resolve("").askBeforeRunning());
    assertEquals("shop", config.resolve("").namespace());
    assertTrue(list(file("other", PLAIN)).resolve("").askBeforeRunning());
  }

  @Test
  void anExplicitFileMustExist() {
    KubeconfigFiles files = KubeconfigFiles.of(folder.resolve("none"), Map.of(), folder);
    assertEquals(
        "kubeconfig.missing",
        assertThrows(NotFoundException.class, () -> Kubeconfig.load(files)).code());
  }

  @Test
  void pathsAreRelativeToTheirFile() throws IOException {
    ResolvedContext one = list(file("deep/er/config", PLAIN)).resolve("one");
    assertEquals(folder.resolve("deep/er/ca.crt").toString(), one.cluster().caFile());
    assertEquals(folder.resolve("deep/er/sub/token").toString(), one.user().tokenFile());
  }

  @Test
  void pluginsWithASeparatorAreRelativeToTheirFile() throws IOException {
    String exec =
        """
        apiVersion: v1
        kind: Config
        contexts: [{name: x, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: "https://a"}}]
        users:
        - name: u
          user:
            exec: {apiVersion: client.authentication.k8s.io/v1, command: %s, interactiveMode: Never,
                   args: [get, token], env: [{name: A, value: b}]}
        """;
    ExecPlugin relative =
        list(file("e/1", exec.formatted("bin/plugin"))).resolve("x").user().exec();
    assertEquals(folder.resolve("e/bin/plugin").toString(), String.valueOf(relative));
    ExecPlugin bare = list(file("e/2", exec.formatted("plugin"))).resolve("x").user().exec();
    assertEquals("plugin", String.valueOf(bare));
    assertEquals(
        "plugin", list(file("e/3", exec.formatted("plugin"))).contexts().getFirst().program());
  }

  @Test
  void oneBrokenFileHidesNoOther() throws IOException {
    Path good = file("good", PLAIN);
    Kubeconfig config =
        list(
            file("tabs", "a:\n\t- b"),
            file("list", "- a\n- b\n"),
            file("pod", "apiVersion: v1\nkind: Pod\n"),
            file("empty", ""),
            file("text", "hello"),
            Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0, 1}),
            Files.createDirectory(folder.resolve("folder")),
            file("numbers", "contexts:\n- name: 12\n  context: {cluster: c}\n"),
            file("wrong", "contexts: {a: b}\nusers: 7\n"),
            file("twice", "contexts:\n- {name: t}\n- {name: t}\n"),
            good);
    assertEquals(List.of("dangling", "one", "t"), names(config));
    List<String> files =
        config.problems().stream()
            .map(ItemFailure::item)
            .map(item -> item.substring(item.lastIndexOf('/') + 1))
            .distinct()
            .toList();
    assertEquals(
        List.of("tabs", "list", "pod", "text", "binary", "folder", "numbers", "wrong", "twice"),
        files);
    config.problems().forEach(p -> assertTrue(p.item().startsWith("/"), p.item()));
  }

  @Test
  void hostileFilesAreRefused() throws IOException {
    StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (char c = 'b'; c < 'p'; c++) {
      String before = "*" + (char) (c - 1);
      bomb.append(
          "%s: &%s [%s]\n"
              .formatted(
                  c,
                  c,
                  String.join(
                      ",",
                      List.of(before).stream()
                          .flatMap(x -> java.util.Collections.nCopies(9, x).stream())
                          .toList())));
    }
    Kubeconfig config =
        list(
            file("bomb", bomb.toString()),
            file("deep", "[".repeat(1_000_000)),
            file("huge", "#".repeat((16 << 20) + 1)),
            file("endless", "a: &a {b: *a}\n"));
    assertEquals(4, config.problems().size(), config.problems().toString());
    assertEquals(List.of(), config.contexts());
  }

  @Test
  void whatCannotBeUsedSaysWhyAndShowsNoSecret() throws IOException {
    Kubeconfig config =
        list(
            file(
                "a",
                """
                contexts:
                - {name: both, context: {cluster: c, user: both}}
                - {name: legacy, context: {cluster: c, user: legacy}}
                - {name: v1alpha1, context: {cluster: c, user: old}}
                - {name: no-server, context: {cluster: empty, user: ok}}
                - {name: insecure-ca, context: {cluster: contradicting, user: ok}}
                - {name: groups, context: {cluster: c, user: groups}}
                - {name: cert, context: {cluster: c, user: cert}}
                clusters:
                - {name: c, cluster: {server: "https://a"}}
                - {name: empty}
                - {name: contradicting, cluster: {server: "https://a", insecure-skip-tls-verify: yes, certificate-authority: x}}
                users:
                - {name: ok, user: {token: t0ken}}
                - {name: both, user: {token: t0ken, username: a, password: passw0rd}}
                - {name: legacy, user: {auth-provider: {name: gcp}}}
                - {name: old, user: {exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: x}}}
                - {name: groups, user: {token: t0ken, as-groups: [a]}}
                - {name: cert, user: {client-certificate: x}}
                """));
    for (ContextInfo context : config.contexts()) {
      assertEquals(1, context.problems().size(), context.toString());
      InvalidInputException e =
          assertThrows(InvalidInputException.class, () -> config.resolve(context.name()));
      String said = e.getMessage() + e.remedy() + context;
      assertFalse(said.contains("t0ken") || said.contains("passw0rd"), said);
    }
    assertEquals(7, config.contexts().size());
  }

  @Test
  void brokenYamlIsReportedWithoutItsContent() throws IOException {
    Kubeconfig config = list(file("a", "users:\n- name: u\n  user: {token: \"s3cret\n"));
    ItemFailure problem = config.problems().getFirst();
    assertFalse(problem.message().contains("s3cret"), problem.message());
    assertTrue(problem.message().contains("line "), problem.message());
    NotFoundException none = assertThrows(NotFoundException.class, () -> config.resolve(""));
    assertTrue(String.valueOf(none.getMessage()).contains("broken"), none.getMessage());
  }

  @Test
  void jsonIsYamlToo() throws IOException {
    Kubeconfig config =
        list(
            file(
                "a",
                """
                {
                \t"apiVersion": "v1", "kind": "Config", "current-context": "j",
                \t"contexts": [{"name": "j", "context": {"cluster": "c", "user": ""}}],
                \t"clusters": [{"name": "c", "cluster": {"server": "https://a/k8s/clusters/x"}}]
                }
                """));
    assertEquals("https://a/k8s/clusters/x", config.resolve("").cluster().server());
  }

  @Test
  void filesAreNeverWritten() throws Exception {
    Path file = file("a", PLAIN + "# a comment\n");
    var before = Files.getLastModifiedTime(file);
    String hash = hash(file);
    Kubeconfig config = list(file);
    config.contexts();
    config.resolve("one");
    assertEquals(before, Files.getLastModifiedTime(file));
    assertEquals(hash, hash(file));
  }

  private static String hash(Path file) throws Exception {
    var sha = java.security.MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(sha.digest(Files.readAllBytes(file)));
  }
}
