package dev.backstay.cluster.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// What an API path is about, for messages: `pods/exec db-0 in namespace shop`.
record ApiPath(String resource, String name, String namespace) {

  private static final Set<String> ROOTS = Set.of("api", "apis");

  static ApiPath of(String path) {
    List<String> parts = Arrays.stream(path.split("/")).filter(s -> !s.isEmpty()).toList();
    while (!parts.isEmpty() && !ROOTS.contains(parts.getFirst())) {
      parts = parts.subList(1, parts.size()); // the prefix that a proxy serves the API under
    }
    boolean core = !parts.isEmpty() && parts.getFirst().equals("api");
    int skip = core ? 2 : 3;
    if (parts.size() <= skip) {
      return new ApiPath(path, "", "");
    }
    List<String> rest = parts.subList(skip, parts.size());
    String suffix = core ? "" : "." + parts.get(1);
    if (rest.size() > 2 && rest.getFirst().equals("namespaces") && !isNamespaceSub(rest)) {
      return resource(rest.subList(2, rest.size()), rest.get(1), suffix);
    }
    return resource(rest, "", suffix);
  }

  private static boolean isNamespaceSub(List<String> rest) {
    return rest.size() == 3 && (rest.get(2).equals("status") || rest.get(2).equals("finalize"));
  }

  private static ApiPath resource(List<String> rest, String namespace, String suffix) {
    String sub = rest.size() > 2 ? "/" + rest.get(2) : "";
    String name = rest.size() > 1 ? rest.get(1) : "";
    return new ApiPath(rest.getFirst() + suffix + sub, name, namespace);
  }

  @Override
  public String toString() {
    String one = name.isEmpty() ? "" : " " + name;
    String where = namespace.isEmpty() ? "" : " in namespace " + namespace;
    return resource + one + where;
  }
}
