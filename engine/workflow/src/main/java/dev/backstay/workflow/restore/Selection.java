package dev.backstay.workflow.restore;

import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.FilePath;
import dev.backstay.model.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What `--only` means: kinds as kubectl writes them, with or without a name.
final class Selection {

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("cm", "configmaps"),
          Map.entry("svc", "services"),
          Map.entry("sa", "serviceaccounts"),
          Map.entry("po", "pods"),
          Map.entry("pvc", "persistentvolumeclaims"),
          Map.entry("pv", "persistentvolumes"),
          Map.entry("ns", "namespaces"),
          Map.entry("ep", "endpoints"),
          Map.entry("rc", "replicationcontrollers"),
          Map.entry("quota", "resourcequotas"),
          Map.entry("limits", "limitranges"),
          Map.entry("deploy", "deployments"),
          Map.entry("sts", "statefulsets"),
          Map.entry("ds", "daemonsets"),
          Map.entry("rs", "replicasets"),
          Map.entry("cj", "cronjobs"),
          Map.entry("hpa", "horizontalpodautoscalers"),
          Map.entry("pdb", "poddisruptionbudgets"),
          Map.entry("ing", "ingresses"),
          Map.entry("netpol", "networkpolicies"),
          Map.entry("sc", "storageclasses"),
          Map.entry("crd", "customresourcedefinitions"),
          Map.entry("crds", "customresourcedefinitions"));

  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String CLAIM = "persistentvolumeclaim";

  /// @param kind lower case, short names written out; may be qualified with its group
  /// @param name empty for all of the kind
  private record Wanted(String kind, String name) {}

  /// A path of a PVC's volume.
  private record Rule(String pvc, FilePath path, boolean wanted) {}

  private final List<Wanted> wanted;
  private final List<Rule> rules;

  private Selection(List<Wanted> wanted, List<Rule> rules) {
    this.wanted = wanted;
    this.rules = rules;
  }

  /// @throws InvalidInputException if an entry is neither `KIND` nor `KIND/NAME` nor
  ///   `pvc/NAME:PATH`
  static Selection of(List<String> only) {
    List<Wanted> wanted = new ArrayList<>();
    List<Rule> rules = new ArrayList<>();
    for (String text : only) {
      Optional<Rule> rule = rule(text);
      rule.ifPresent(rules::add);
      if (rule.isEmpty() || rule.get().wanted()) {
        wanted.add(parse(rule.isEmpty() ? text : "pvc/" + rule.get().pvc()));
      }
    }
    return new Selection(wanted.stream().distinct().toList(), rules);
  }

  /// No PVC's name holds a colon, so the first one begins the path: `pvc/NAME:PATH`, with `!`
  /// before it for what is left out.
  private static Optional<Rule> rule(String text) {
    boolean wanted = !text.startsWith("!");
    String rest = wanted ? text : text.substring(1);
    int slash = rest.indexOf('/');
    int colon = rest.indexOf(':', slash + 1);
    if (slash < 0 || colon < 0) {
      if (!wanted) {
        throw bad(text);
      }
      return Optional.empty();
    }
    String kind = rest.substring(0, slash).toLowerCase(Locale.ROOT).strip();
    String pvc = rest.substring(slash + 1, colon).strip();
    boolean claim = SHORT.getOrDefault(kind, kind).equals(CLAIMS) || kind.equals(CLAIM);
    if (!claim && wanted) {
      return Optional.empty(); // a name such as clusterrole/system:node
    }
    if (!claim || pvc.isEmpty()) {
      throw bad(text);
    }
    return Optional.of(new Rule(pvc, path(rest.substring(colon + 1), text), wanted));
  }

  private static FilePath path(String path, String text) {
    FilePath inside = FilePath.ROOT;
    for (String component : path.split("/")) {
      if (component.equals("..")) {
        throw bad(text);
      }
      if (!component.isEmpty() && !component.equals(".")) {
        inside = inside.resolve(component.getBytes(StandardCharsets.UTF_8));
      }
    }
    return inside;
  }

  private static InvalidInputException bad(String text) {
    return new InvalidInputException(
        "restore.bad-selection",
        "'" + text + "' is neither KIND nor KIND/NAME nor pvc/NAME:PATH",
        "write for instance --only configmap/app or --only pvc/data:logs/today.log");
  }

  /// Which paths of a PVC's volume. A PVC that is also named without a path is wanted whole, but
  /// for what is left out.
  VolumePaths paths(String pvc, List<String> only) {
    Map<FilePath, Boolean> paths = new HashMap<>();
    rules.stream()
        .filter(rule -> rule.pvc().equals(pvc))
        .forEach(rule -> paths.put(rule.path(), rule.wanted()));
    boolean whole =
        only.stream()
            .filter(text -> rule(text).isEmpty())
            .map(Selection::parse)
            .anyMatch(w -> isClaim(w) && (w.name().isEmpty() || w.name().equals(pvc)));
    return whole ? VolumePaths.wholeBut(paths) : new VolumePaths(paths);
  }

  private static boolean isClaim(Wanted wanted) {
    return wanted.kind().equals(CLAIMS) || wanted.kind().equals(CLAIM);
  }

  private static Wanted parse(String text) {
    int slash = text.indexOf('/');
    String kind = (slash < 0 ? text : text.substring(0, slash)).toLowerCase(Locale.ROOT).strip();
    String name = slash < 0 ? "" : text.substring(slash + 1).strip();
    if (kind.isEmpty() || (slash >= 0 && name.isEmpty())) {
      throw bad(text);
    }
    return new Wanted(SHORT.getOrDefault(kind, kind), name);
  }

  boolean everything() {
    return wanted.isEmpty();
  }

  /// Whether an object was asked for by itself.
  boolean names(ManifestKey key) {
    return everything()
        || wanted.stream()
            .anyMatch(
                w -> isKind(w.kind(), key) && (w.name().isEmpty() || w.name().equals(key.name())));
  }

  /// Whether the data of a PVC was asked for.
  boolean namesVolume(String pvc) {
    return names(new ManifestKey("", "v1", CLAIMS, "PersistentVolumeClaim", "", pvc));
  }

  /// The PVCs that were asked for by their name.
  List<String> namedVolumes() {
    return wanted.stream()
        .filter(Selection::isClaim)
        .map(Wanted::name)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /// The entries of the wish that none of the keys matches, for the message that says so.
  List<String> unmatched(List<ManifestKey> keys) {
    return wanted.stream()
        .filter(w ->
            keys.stream()
                .noneMatch(
                    k -> isKind(w.kind(), k) && (w.name().isEmpty() || w.name().equals(k.name()))))
        .map(w -> w.name().isEmpty() ? w.kind() : w.kind() + "/" + w.name())
        .toList();
  }

  private static boolean isKind(String kind, ManifestKey key) {
    String singular = key.kind().toLowerCase(Locale.ROOT);
    return kind.equals(key.plural())
        || kind.equals(key.type().qualifiedPlural())
        || kind.equals(singular)
        || kind.equals(singular + "." + key.group());
  }
}
