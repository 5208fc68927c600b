package dev.backstay.cluster.kubeconfig;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What kubectl refuses about an entry before it contacts anything (client-go,
/// tools/clientcmd/validation.go), as sentences.
final class EntryChecks {

  private static final Set<String> EXEC_VERSIONS =
      Set.of("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1");
  private static final Set<String> MODES = Set.of("", "Never", "IfAvailable", "Always");

  private EntryChecks() {}

  static List<String> cluster(String name, Fields f) {
    List<String> problems = new ArrayList<>(f.problems());
    if (f.text("server").isEmpty()) {
      problems.add("cluster " + name + " names no server");
    } else if (!f.text("server").matches("(?i)https?://[^/?#@\\s]+.*")) {
      problems.add("the server of cluster " + name + " is not an http or https URL");
    }
    boolean ca = f.has("certificate-authority") || f.has("certificate-authority-data");
    if (ca && f.flag("insecure-skip-tls-verify")) {
      problems.add(
          "cluster " + name + " names a certificate authority and insecure-skip-tls-verify");
    }
    return List.copyOf(problems);
  }

  static List<String> user(String name, Fields f) {
    List<String> problems = new ArrayList<>(f.problems());
    boolean basic = f.has("username") || f.has("password");
    if (f.has("token") && basic) {
      problems.add("user " + name + " has both a token and a password; only one is allowed");
    }
    if (f.has("exec")) {
      exec(name, f.object("exec"), problems);
    }
    if (f.has("auth-provider")) {
      problems.add(
          "user %s uses the auth provider %s, which kubectl dropped in 1.26; use an exec plugin"
              .formatted(name, f.object("auth-provider").text("name")));
    }
    boolean certificate = f.has("client-certificate") || f.has("client-certificate-data");
    boolean key = f.has("client-key") || f.has("client-key-data");
    if (certificate != key) {
      problems.add("user " + name + " has only one of client certificate and client key");
    }
    boolean more = f.has("as-uid") || f.has("as-groups") || f.has("as-user-extra");
    if (more && f.text("as").isEmpty()) {
      problems.add("user " + name + " acts with groups, uid or extra but names no user in 'as'");
    }
    return List.copyOf(problems);
  }

  private static void exec(String name, Fields exec, List<String> problems) {
    if (exec.text("command").isEmpty()) {
      problems.add("the exec plugin of user " + name + " names no command");
    }
    String version = exec.text("apiVersion");
    if (!EXEC_VERSIONS.contains(version)) {
      problems.add(
          "the exec plugin of user %s has apiVersion '%s', which is not %s"
              .formatted(name, version, "client.authentication.k8s.io/v1 or v1beta1"));
    }
    String mode = exec.text("interactiveMode");
    if (!MODES.contains(mode) || (mode.isEmpty() && version.endsWith("/v1"))) {
      problems.add(
          "the exec plugin of user "
              + name
              + " needs interactiveMode Never, IfAvailable or Always");
    }
  }
}
