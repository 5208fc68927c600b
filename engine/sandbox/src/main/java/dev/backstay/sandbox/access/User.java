package dev.backstay.sandbox.access;

import java.util.ArrayList;
import java.util.List;

/// Who asks.
public record User(String name, List<String> groups) {

  public static final User ADMIN =
      new User("sandbox-admin", List.of("system:masters", "system:authenticated"));

  public static final User ANONYMOUS =
      new User("system:anonymous", List.of("system:unauthenticated"));

  public static User named(String name) {
    return new User(name, List.of("system:authenticated"));
  }

  public static User serviceAccount(String namespace, String name) {
    return new User(
        "system:serviceaccount:" + namespace + ":" + name,
        List.of(
            "system:serviceaccounts",
            "system:serviceaccounts:" + namespace,
            "system:authenticated"));
  }

  /// As `Impersonate-User` makes it.
  public static User impersonated(String name, List<String> groups) {
    String[] part = name.split(":");
    if (groups.isEmpty() && part.length == 4 && name.startsWith("system:serviceaccount:")) {
      return serviceAccount(part[2], part[3]);
    }
    List<String> all = new ArrayList<>(groups);
    if (!all.contains("system:authenticated")) {
      all.add("system:authenticated");
    }
    return new User(name, List.copyOf(all));
  }
}
