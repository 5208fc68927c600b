package dev.backstay.cluster.lock;

import java.util.List;
import java.util.Set;

/// What the path of a request means to an API server. Read strictly: whatever is not certainly the
/// path of a resource or of a document about the API is [Kind#UNKNOWN].
///
/// @param kind what it is
/// @param group the API group, empty for the core and for documents
/// @param namespace empty if it is in none
/// @param resource the plural
/// @param name empty for a collection
/// @param subresource such as `exec`, else empty
public record Target(
    Kind kind, String group, String namespace, String resource, String name, String subresource) {

  private static final Target UNKNOWN = new Target(Kind.UNKNOWN, "", "", "", "", "");
  private static final Target DOCUMENT = new Target(Kind.DOCUMENT, "", "", "", "", "");
  private static final Set<String> DOCUMENTS =
      Set.of("version", "openapi", "healthz", "livez", "readyz");

  /// Verbs of old that stand in the place of a resource: `/api/v1/proxy/namespaces/…`.
  private static final Set<String> OLD_VERBS = Set.of("proxy", "watch", "redirect");

  private static final Set<String> OF_NAMESPACE = Set.of("status", "finalize");

  /// Kinds of paths.
  public enum Kind {
    DOCUMENT,
    RESOURCE,
    UNKNOWN
  }

  /// @param steps the path behind the server's own prefix, each step unescaped
  public static Target of(List<String> steps) {
    if (steps.isEmpty() || !steps.stream().allMatch(Target::plain)) {
      return UNKNOWN;
    }
    String root = steps.getFirst();
    if (DOCUMENTS.contains(root)) {
      return DOCUMENT;
    }
    boolean core = root.equals("api");
    if (!core && !root.equals("apis")) {
      return UNKNOWN;
    }
    int skip = core ? 2 : 3;
    if (steps.size() <= skip) {
      return DOCUMENT;
    }
    return resource(core ? "" : steps.get(1), steps.subList(skip, steps.size()));
  }

  /// The server unescapes the whole path before it divides it: a slash within a step is one more
  /// step to it.
  private static boolean plain(String step) {
    return !step.isEmpty()
        && !step.equals(".")
        && !step.equals("..")
        && step.chars().allMatch(c -> c > ' ' && c < 127 && c != '/' && c != '\\' && c != '%');
  }

  private static Target resource(String group, List<String> rest) {
    boolean inside =
        rest.getFirst().equals("namespaces")
            && rest.size() > 2
            && !(rest.size() == 3 && OF_NAMESPACE.contains(rest.get(2)));
    String namespace = inside ? rest.get(1) : "";
    List<String> own = inside ? rest.subList(2, rest.size()) : rest;
    if (own.size() > 3 || OLD_VERBS.contains(own.getFirst())) {
      return UNKNOWN;
    }
    return new Target(
        Kind.RESOURCE,
        group,
        namespace,
        own.getFirst(),
        own.size() > 1 ? own.get(1) : "",
        own.size() > 2 ? own.get(2) : "");
  }

  boolean isResource() {
    return kind == Kind.RESOURCE;
  }

  /// Whether it is the resource itself, in this group.
  boolean is(String ofGroup, String plural) {
    return isResource()
        && group.equals(ofGroup)
        && resource.equals(plural)
        && subresource.isEmpty();
  }

  boolean collection() {
    return isResource() && name.isEmpty();
  }
}
