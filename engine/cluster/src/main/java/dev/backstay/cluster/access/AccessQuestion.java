package dev.backstay.cluster.access;

/// May I do this?
///
/// @param verb `get`, `create`, …
/// @param group the API group, empty for the core group
/// @param resource the plural
/// @param subresource `exec`, `log`, `portforward`, or empty
/// @param namespace where, empty for cluster-scoped kinds or all namespaces
/// @param name one object, or empty for any
public record AccessQuestion(
    String verb, String group, String resource, String subresource, String namespace, String name) {

  public static AccessQuestion of(String verb, String group, String resource, String namespace) {
    return new AccessQuestion(verb, group, resource, "", namespace, "");
  }

  public AccessQuestion subresource(String other) {
    return new AccessQuestion(verb, group, resource, other, namespace, name);
  }

  /// For people: `create pods/exec in namespace shop`.
  @Override
  public String toString() {
    String what = group.isEmpty() ? resource : resource + "." + group;
    String sub = subresource.isEmpty() ? "" : "/" + subresource;
    String one = name.isEmpty() ? "" : " " + name;
    String where = namespace.isEmpty() ? "" : " in namespace " + namespace;
    return verb + " " + what + sub + one + where;
  }
}
