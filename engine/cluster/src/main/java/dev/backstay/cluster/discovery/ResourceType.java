package dev.backstay.cluster.discovery;

import dev.backstay.model.InvalidInputException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// A kind of object as the API serves it.
///
/// @param group the API group, empty for the core group
/// @param version `v1`
/// @param plural the resource name in paths: `persistentvolumeclaims`
/// @param kind `PersistentVolumeClaim`
/// @param namespaced whether its objects live in namespaces
public record ResourceType(
    String group, String version, String plural, String kind, boolean namespaced) {

  /// A namespaced kind of the core group.
  public static ResourceType core(String plural, String kind) {
    return new ResourceType("", "v1", plural, kind, true);
  }

  public static ResourceType namespaced(String group, String version, String plural, String kind) {
    return new ResourceType(group, version, plural, kind, true);
  }

  public static ResourceType clusterScoped(
      String group, String version, String plural, String kind) {
    return new ResourceType(group, version, plural, kind, false);
  }

  /// `v1`, `apps/v1`.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// `pods`, `deployments.apps`.
  public String qualifiedPlural() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /// The path of all its objects in all namespaces.
  public String path() {
    return (group.isEmpty() ? "/api/" : "/apis/") + apiVersion() + "/" + plural;
  }

  /// The path of its objects in a namespace; the namespace is ignored for a cluster-scoped kind.
  ///
  /// @throws dev.backstay.model.InvalidInputException if the namespace is no path segment
  public String path(String namespace) {
    if (!namespaced) {
      return path();
    }
    return (group.isEmpty() ? "/api/" : "/apis/")
        + apiVersion()
        + "/namespaces/"
        + segment(namespace)
        + "/"
        + plural;
  }

  /// The path of one object. Names are escaped: they come from users too.
  ///
  /// @throws dev.backstay.model.InvalidInputException if a name is empty, `.` or `..`
  public String path(String namespace, String name) {
    return path(namespace) + "/" + segment(name);
  }

  private static String segment(String name) {
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      throw new InvalidInputException(
          "cluster.bad-name", "'" + name + "' is not a name of an object", "give another name");
    }
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20").replace("%3A", ":");
  }
}
