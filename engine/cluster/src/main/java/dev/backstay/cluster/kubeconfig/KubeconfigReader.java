package dev.backstay.cluster.kubeconfig;

import dev.backstay.cluster.yaml.YamlException;
import dev.backstay.cluster.yaml.YamlTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads one kubeconfig file. Whatever is wrong with it becomes a problem in the answer.
final class KubeconfigReader {

  /// The largest ones known have a few thousand contexts and some MiB.
  private static final int LARGEST = 16 << 20;

  private final Path path;
  private final Path folder;
  private final List<String> problems = new ArrayList<>();

  private KubeconfigReader(Path path) {
    this.path = path;
    Path parent = path.toAbsolutePath().getParent();
    this.folder = parent == null ? path.toAbsolutePath() : parent;
  }

  /// @return empty if there is no such file
  static Optional<KubeconfigFile> read(Path path) {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    if (Files.isDirectory(path)) {
      return Optional.of(KubeconfigFile.broken(path, "it is a folder"));
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      return Optional.of(new KubeconfigReader(path).parse(bytes));
    } catch (AccessDeniedException e) {
      return Optional.of(KubeconfigFile.broken(path, "it may not be read by you"));
    } catch (IOException e) {
      return Optional.of(KubeconfigFile.broken(path, "it cannot be read"));
    } catch (YamlException e) {
      return Optional.of(KubeconfigFile.broken(path, e.problem()));
    }
  }

  private KubeconfigFile parse(byte[] bytes) throws YamlException {
    if (bytes.length > LARGEST) {
      throw new YamlException("it is larger than " + (LARGEST >> 20) + " MiB");
    }
    JsonNode root = YamlTree.read(text(bytes));
    if (root == null || root.isNull()) {
      return new KubeconfigFile(path, "", Map.of(), Map.of(), Map.of(), List.of());
    }
    requireKind(root);
    Fields fields = new Fields(root, folder, "the file", problems);
    var contexts = entries(fields, "contexts", "context", this::context);
    var clusters = entries(fields, "clusters", "cluster", this::cluster);
    var users = entries(fields, "users", "user", this::user);
    return new KubeconfigFile(
        path, fields.text("current-context"), contexts, clusters, users, List.copyOf(problems));
  }

  private static String text(byte[] bytes) throws YamlException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new YamlException("it is not UTF-8 text");
    }
  }

  private static void requireKind(JsonNode root) throws YamlException {
    if (!root.isObject()) {
      throw new YamlException("it is not a kubeconfig");
    }
    JsonNode kind = root.get("kind");
    if (kind != null && !kind.isNull() && !kind.asString("").equals("Config")) {
      throw new YamlException("it is not a kubeconfig but of another kind");
    }
  }

  /// The first of several entries of one name counts; kubectl refuses the whole file.
  private <T> Map<String, T> entries(
      Fields file, String list, String inner, BiFunction<String, Fields, T> make) {
    Map<String, T> all = new LinkedHashMap<>();
    for (Fields entry : file.objects(list)) {
      String name = entry.text("name");
      if (name.isEmpty()) {
        problems.add("an entry of " + list + " has no name");
      } else if (all.containsKey(name)) {
        problems.add(list + " has several entries named " + name + "; the first one is used");
      } else {
        var own = new ArrayList<String>();
        var fields = new Fields(entry.raw(inner), folder, inner + " " + name, own);
        all.put(name, make.apply(name, fields));
      }
    }
    return all;
  }

  private ContextEntry context(String name, Fields f) {
    ContextEntry entry =
        new ContextEntry(name, path, f.text("cluster"), f.text("user"), f.text("namespace"));
    problems.addAll(f.problems());
    return entry;
  }

  private ClusterEntry cluster(String name, Fields f) {
    return new ClusterEntry(
        name,
        path,
        f.text("server"),
        f.text("tls-server-name"),
        f.flag("insecure-skip-tls-verify"),
        f.path("certificate-authority"),
        f.text("certificate-authority-data"),
        f.text("proxy-url"),
        f.flag("disable-compression"),
        execInfo(f),
        EntryChecks.cluster(name, f));
  }

  private static @Nullable JsonNode execInfo(Fields cluster) {
    for (Fields extension : cluster.objects("extensions")) {
      if (extension.text("name").equals("client.authentication.k8s.io/exec")) {
        return extension.raw("extension");
      }
    }
    return null;
  }

  private UserEntry user(String name, Fields f) {
    return new UserEntry(
        name,
        path,
        f.path("client-certificate"),
        f.text("client-certificate-data"),
        f.path("client-key"),
        f.text("client-key-data"),
        f.text("token"),
        f.path("tokenFile"),
        f.text("username"),
        f.text("password"),
        f.has("exec") ? exec(f.object("exec")) : null,
        f.has("auth-provider") ? f.object("auth-provider").text("name") : "",
        new Impersonation(
            f.text("as"), f.texts("as-groups"), f.text("as-uid"), f.lists("as-user-extra")),
        EntryChecks.user(name, f));
  }

  private ExecPlugin exec(Fields f) {
    String command = f.text("command");
    boolean isPath = command.contains("/") || command.contains(java.io.File.separator);
    Map<String, String> environment = new LinkedHashMap<>();
    f.objects("env").forEach(e -> environment.put(e.text("name"), e.text("value")));
    return new ExecPlugin(
        isPath ? f.resolve(command, "exec.command") : command,
        f.texts("args"),
        environment,
        f.text("apiVersion"),
        f.text("installHint"),
        f.flag("provideClusterInfo"),
        switch (f.text("interactiveMode")) {
          case "Never" -> ExecPlugin.InteractiveMode.NEVER;
          case "Always" -> ExecPlugin.InteractiveMode.ALWAYS;
          default -> ExecPlugin.InteractiveMode.IF_AVAILABLE;
        });
  }
}
