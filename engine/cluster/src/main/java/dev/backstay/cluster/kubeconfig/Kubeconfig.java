package dev.backstay.cluster.kubeconfig;

import dev.backstay.model.ContextInfo;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The merged kubeconfigs. Immutable.
public final class Kubeconfig {

  private static final String EDIT = "correct the kubeconfig, or name another one";

  private final Path defaultFile;
  private final List<KubeconfigFile> files;
  private final Map<String, ContextEntry> contexts = new TreeMap<>();
  private final Map<String, ClusterEntry> clusters = new TreeMap<>();
  private final Map<String, UserEntry> users = new TreeMap<>();
  private final String current;

  private Kubeconfig(Path defaultFile, List<KubeconfigFile> files) {
    this.defaultFile = defaultFile;
    this.files = files;
    for (KubeconfigFile file : files) {
      file.contexts().forEach(contexts::putIfAbsent);
      file.clusters().forEach(clusters::putIfAbsent);
      file.users().forEach(users::putIfAbsent);
    }
    this.current =
        files.stream()
            .map(KubeconfigFile::currentContext)
            .filter(name -> !name.isEmpty())
            .findFirst()
            .orElse("");
  }

  /// Reads and merges the files. A broken file is a problem of its own and hides none of the
  /// others.
  ///
  /// @throws dev.backstay.model.NotFoundException if a file that must exist does not
  public static Kubeconfig load(KubeconfigFiles files) {
    List<KubeconfigFile> read = new ArrayList<>();
    for (Path path : files.files()) {
      Optional<KubeconfigFile> file = KubeconfigReader.read(path);
      if (file.isEmpty() && files.mustExist()) {
        throw new NotFoundException(
            "kubeconfig.missing", "there is no kubeconfig at " + path, "check --kubeconfig");
      }
      file.ifPresent(read::add);
    }
    return new Kubeconfig(files.defaultFile(), List.copyOf(read));
  }

  /// Every context by name, as kubectl orders them.
  public List<ContextInfo> contexts() {
    return contexts.values().stream().map(this::info).toList();
  }

  /// What could not be read, one entry per problem; the item is the file.
  public List<ItemFailure> problems() {
    return files.stream()
        .flatMap(f -> f.problems().stream().map(p -> problem(f.path(), p)))
        .toList();
  }

  private static ItemFailure problem(Path file, String sentence) {
    return new ItemFailure(file.toString(), "kubeconfig.broken", sentence, EDIT);
  }

  public Optional<String> currentContext() {
    return current.isEmpty() ? Optional.empty() : Optional.of(current);
  }

  private ContextInfo info(ContextEntry context) {
    ClusterEntry cluster = clusters.get(context.cluster());
    UserEntry user = users.get(context.user());
    ExecPlugin exec = user == null ? null : user.exec();
    return new ContextInfo(
        context.name(),
        context.name().equals(current),
        context.cluster(),
        cluster == null ? "" : cluster.server(),
        context.user(),
        context.namespace(),
        context.file().toString(),
        exec == null ? "" : exec.command(),
        cluster != null && cluster.insecure(),
        problemsOf(context, cluster, user));
  }

  private static List<String> problemsOf(
      ContextEntry context, @Nullable ClusterEntry cluster, @Nullable UserEntry user) {
    List<String> problems = new ArrayList<>();
    if (context.cluster().isEmpty()) {
      problems.add("context " + context.name() + " names no cluster");
    } else if (cluster == null) {
      problems.add("there is no cluster named " + context.cluster());
    } else {
      problems.addAll(cluster.problems());
    }
    if (user != null) {
      problems.addAll(user.problems());
    } else if (!context.user().isEmpty()) {
      problems.add("there is no user named " + context.user());
    }
    return List.copyOf(problems);
  }

  /// Everything that a connection through a context needs.
  ///
  /// @param name the context, empty for the current one
  /// @throws NotFoundException if there is no such context
  /// @throws InvalidInputException if it cannot be used
  public ResolvedContext resolve(String name) {
    ContextEntry context = contexts.get(wanted(name));
    if (context == null) {
      throw new NotFoundException(
          "kubeconfig.no-context",
          "there is no context named " + wanted(name) + unreadable(),
          "see the contexts there are with 'backstay contexts'");
    }
    ClusterEntry cluster = clusters.get(context.cluster());
    UserEntry user = context.user().isEmpty() ? UserEntry.ANONYMOUS : users.get(context.user());
    List<String> problems = problemsOf(context, cluster, user);
    if (cluster == null || user == null || !problems.isEmpty()) {
      throw new InvalidInputException(
          "kubeconfig.unusable-context",
          "context " + context.name() + " cannot be used: " + String.join("; ", problems),
          "correct it in " + context.file());
    }
    String namespace = context.namespace().isEmpty() ? "default" : context.namespace();
    return new ResolvedContext(context.name(), namespace, cluster, user, foreign(user.file()));
  }

  private String wanted(String name) {
    if (!name.isEmpty()) {
      return name;
    }
    if (current.isEmpty()) {
      throw new NotFoundException(
          "kubeconfig.no-current-context",
          "no context was named and the kubeconfig has no current one" + unreadable(),
          "name one with --context; 'backstay contexts' lists them");
    }
    return current;
  }

  private String unreadable() {
    List<String> broken =
        files.stream()
            .filter(f -> !f.problems().isEmpty())
            .map(f -> f.path() + ": " + f.problems().getFirst())
            .toList();
    return broken.isEmpty() ? "" : " (" + String.join("; ", broken) + ")";
  }

  private boolean foreign(@Nullable Path file) {
    if (file == null) {
      return false;
    }
    try {
      return !Files.exists(defaultFile) || !Files.isSameFile(file, defaultFile);
    } catch (IOException e) {
      return true;
    }
  }
}
