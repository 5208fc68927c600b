package dev.backstay.sandbox.access;

/// What somebody wants to do to what.
///
/// @param resource with the subresource if any: `pods/exec`
/// @param namespace empty for the whole cluster
/// @param name empty for all
public record Attributes(
    String verb, String group, String resource, String namespace, String name) {

  /// As the API server explains a 403.
  public String refusal(User user) {
    String where =
        namespace.isEmpty() ? "at the cluster scope" : "in the namespace \"" + namespace + "\"";
    return "User \""
        + user.name()
        + "\" cannot "
        + verb
        + " resource \""
        + resource
        + "\" in API group \""
        + group
        + "\" "
        + where;
  }
}
