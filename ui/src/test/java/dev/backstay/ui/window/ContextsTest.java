package dev.backstay.ui.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.ui.clusters.ContextKey;
import dev.backstay.ui.clusters.OpenCluster;
import dev.backstay.ui.settings.Remembered;
import dev.backstay.ui.shell.Place;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Contexts of many kubeconfigs in one window. The numbers are those of the requirements of the
/// window (issue 4).
final class ContextsTest {

  @TempDir Path folder;

  private static List<OpenCluster> contexts(WindowRun run) {
    return Toolkit.on(() -> List.copyOf(run.window().desk().clusters().all()));
  }

  private static void opens(WindowRun run, OpenCluster cluster) {
    Toolkit.run(() -> run.window().desk().clusters().open(cluster));
    run.until(
        cluster.key().label() + " is open", () -> cluster.standing() == OpenCluster.Standing.OPEN);
  }

  /// Clusters, users and contexts in files of their own, a relative certificate, a missing file.
  @Test
  void requirement1ContextsOfSeveralFiles() throws Exception {
    try (WindowRun run = WindowRun.bare(folder)) {
      List<String> whole = Files.readAllLines(run.kubeconfig());
      Path dir = Files.createDirectories(folder.resolve("split"));
      String text = relative(String.join("\n", whole), dir);
      Path a = Files.writeString(dir.resolve("a"), part(text, "clusters"));
      Path b = Files.writeString(dir.resolve("b"), part(text, "users"));
      Path c = Files.writeString(dir.resolve("c"), part(text, "contexts"));
      String list =
          a
              + File.pathSeparator
              + b
              + File.pathSeparator
              + dir.resolve("none")
              + File.pathSeparator
              + c;
      try (WindowRun split =
          WindowRun.on(run.sandbox(), folder.resolve("w"), null, Map.of("KUBECONFIG", list))) {
        assertEquals(
            List.of("sandbox"), contexts(split).stream().map(o -> o.key().label()).toList());
        opens(split, contexts(split).getFirst());
      }
    }
  }

  /// With the authority in a file beside it.
  private static String relative(String kubeconfig, Path dir) throws IOException {
    Matcher data = Pattern.compile("certificate-authority-data: (\\S+)").matcher(kubeconfig);
    assertTrue(data.find());
    Files.write(dir.resolve("ca.pem"), Base64.getDecoder().decode(data.group(1)));
    return data.replaceFirst("certificate-authority: ca.pem");
  }

  /// A section of a kubeconfig, as a kubeconfig.
  private static String part(String kubeconfig, String section) {
    StringBuilder text = new StringBuilder("apiVersion: v1\nkind: Config\n");
    boolean in = false;
    for (String line : kubeconfig.lines().toList()) {
      boolean heading = !line.startsWith(" ") && !line.startsWith("-");
      in = heading ? line.startsWith(section + ":") : in;
      if (in) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  @Test
  void requirement2TwoFilesWithTheSameContext() throws Exception {
    try (WindowRun one = WindowRun.bare(folder.resolve("one"));
        WindowRun two = WindowRun.bare(folder.resolve("two"))) {
      List<String> files = new ArrayList<>();
      for (WindowRun run : List.of(one, two)) {
        Path dir = Files.createDirectories(run.folder.resolve("k3s-" + run.folder.getFileName()));
        String text = Files.readString(run.kubeconfig()).replaceAll("\\bsandbox\\b", "default");
        files.add(Files.writeString(dir.resolve("config"), text).toString());
      }
      Path empty = Files.writeString(folder.resolve("empty"), "");
      Path state = Files.createDirectories(folder.resolve("w").resolve("state"));
      Remembered.in(state).put("kubeconfigs", files);
      try (WindowRun run = WindowRun.on(one.sandbox(), folder.resolve("w"), empty, Map.of())) {
        List<OpenCluster> both = contexts(run);
        assertEquals(2, both.size());
        Set<String> labels = both.stream().map(c -> c.key().label()).collect(Collectors.toSet());
        assertEquals(Set.of("k3s-one/config/default", "k3s-two/config/default"), labels);
        both.forEach(cluster -> opens(run, cluster));
        assertNotEquals(both.getFirst().opened().identity(), both.getLast().opened().identity());
        run.shots("contexts-of-two-files");
      }
    }
  }

  /// Not one request and not one program, until a context is opened.
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plugin is a shell script")
  void requirement3ManyContextsContactNothing() throws Exception {
    try (WindowRun bare = WindowRun.bare(folder)) {
      Path ran = folder.resolve("ran");
      Path plugin =
          Files.writeString(folder.resolve("plugin"), "#!/bin/sh\ntouch " + ran + "\nexit 1\n");
      assertTrue(plugin.toFile().setExecutable(true));
      Path file = Files.writeString(folder.resolve("many"), many(bare, plugin, 3_500));
      bare.sandbox().requests().record();
      try (WindowRun run = WindowRun.on(bare.sandbox(), folder.resolve("w"), file, Map.of())) {
        run.until("all are listed", () -> contexts(run).size() == 3_500);
        for (Place place :
            List.of(new Place.Points(), new Place.Repositories(), new Place.About())) {
          Toolkit.run(() -> run.window().desk().navigator().go(place));
          run.settle();
        }
        run.press("find-anything");
        run.type("palette-field", "team-0042");
        run.shots("contexts-many");
        assertEquals(List.of(), bare.sandbox().requests().seen());
        assertFalse(Files.exists(ran));
      }
    }
  }

  private static String many(WindowRun run, Path plugin, int count) {
    StringBuilder text =
        new StringBuilder("apiVersion: v1\nkind: Config\nclusters:\n")
            .append("- {name: c, cluster: {server: '")
            .append(run.sandbox().server())
            .append("', insecure-skip-tls-verify: true}}\nusers:\n")
            .append("- {name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1,")
            .append(" interactiveMode: Never, command: '")
            .append(plugin)
            .append("'}}}\ncontexts:\n");
    for (int i = 0; i < count; i++) {
      text.append(
          String.format(Locale.ROOT, "- {name: team-%04d, context: {cluster: c, user: u}}%n", i));
    }
    return text.toString();
  }

  /// A new token in the file serves the session that is open; nothing is closed, nothing written.
  @Test
  void requirement7AReplacedKubeconfigRenewsTheSession() throws Exception {
    try (WindowRun bare = WindowRun.bare(folder)) {
      Path file = folder.resolve("config");
      Files.copy(bare.kubeconfig(), file);
      try (WindowRun run = WindowRun.on(bare.sandbox(), folder.resolve("w"), file, Map.of())) {
        OpenCluster cluster = contexts(run).getFirst();
        opens(run, cluster);
        run.writesKubeconfig();
        var session = cluster.opened().session();
        String good = Files.readString(file);
        Files.writeString(file, good.replaceAll("token: \\S+", "token: revoked"));
        run.until(
            "the bad token is used",
            () -> {
              Toolkit.run(() -> run.window().desk().clusters().listNamespaces(cluster));
              return !cluster.warnings().isEmpty();
            });
        replace(file, good);
        run.until(
            "the good token is used",
            () -> {
              Toolkit.run(() -> run.window().desk().clusters().listNamespaces(cluster));
              return cluster.warnings().isEmpty();
            });
        assertEquals(session, cluster.opened().session());
        assertEquals(cluster, contexts(run).getFirst());
        assertEquals(good, Files.readString(file));
      }
    }
  }

  /// As kubectl and cloud logins do: a new file takes the old one's place.
  private static void replace(Path file, String text) throws IOException {
    Path fresh = Files.writeString(file.resolveSibling("fresh"), text);
    Files.move(
        fresh,
        file,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /// Who may read PVCs in one namespace only types its name, and sees what they may.
  @Test
  void requirement8OneNamespaceOnly() throws Exception {
    try (WindowRun bare = WindowRun.bare(folder)) {
      bare.sandbox()
          .apply(
              "shop",
              """
              apiVersion: rbac.authorization.k8s.io/v1
              kind: Role
              metadata: {name: pvc-reader}
              rules: [{apiGroups: [""], resources: [persistentvolumeclaims], verbs: [get, list]}]
              ---
              apiVersion: rbac.authorization.k8s.io/v1
              kind: RoleBinding
              metadata: {name: alice}
              roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pvc-reader}
              subjects: [{kind: User, name: alice, apiGroup: rbac.authorization.k8s.io}]
              """);
      Path file = bare.sandbox().kubeconfig("alice", "default");
      try (WindowRun run = WindowRun.on(bare.sandbox(), folder.resolve("w"), file, Map.of())) {
        OpenCluster cluster = contexts(run).getFirst();
        opens(run, cluster);
        Toolkit.run(() -> {
          run.window().desk().clusters().pin(cluster, "shop");
          run.window().desk().navigator().go(new Place.Namespace(cluster, "shop"));
        });
        run.until("its PVCs are shown", () -> run.shows("namespace-summary", "2 PVCs"));
        run.until("what is forbidden is named", () -> run.says(".notice", "volumesnapshots"));
        run.shots("namespace-forbidden");
        assertEquals(new ContextKey(null, "sandbox-alice"), cluster.key());
      }
    }
  }
}
