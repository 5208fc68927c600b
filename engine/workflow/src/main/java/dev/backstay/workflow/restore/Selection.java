package dev.backstay.workflow.restore;

import dev.backstay.cluster.manifest.ManifestKey;
import dev.backstay.model.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  /// @param kind lower case, short names written out; may be qualified with its group
  /// @param name empty for all of the kind
  private record Wanted(String kind, String name) {}

  private final List<Wanted> wanted;

  private Selection(List<Wanted> wanted) {
    this.wanted = wanted;
  }

  /// @throws InvalidInputException if an entry is neither `KIND` nor `KIND/NAME`
  static Selection of(List<String> only) {
    return new Selection(only.stream().map(Selection::parse).toList());
  }

  private static Wanted parse(String text) {
    int slash = text.indexOf('/');
    String kind = (slash < 0 ? text : text.substring(0, slash)).toLowerCase(Locale.ROOT).strip();
    String name = slash < 0 ? "" : text.substring(slash + 1).strip();
    if (kind.isEmpty() || (slash >= 0 && name.isEmpty())) {
      throw new InvalidInputException(
          "restore.bad-selection",
          "'" + text + "' is neither KIND nor KIND/NAME",
          "write for instance --only configmap/app");
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
        .filter(w -> w.kind().equals(CLAIMS) || w.kind().equals("persistentvolumeclaim"))
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
