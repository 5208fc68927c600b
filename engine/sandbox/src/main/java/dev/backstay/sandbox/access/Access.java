package dev.backstay.sandbox.access;

import dev.backstay.sandbox.state.Json;
import dev.backstay.sandbox.state.Resource;
import dev.backstay.sandbox.state.Resources;
import dev.backstay.sandbox.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// RBAC: Roles, ClusterRoles and their bindings, as they are at the moment of asking.
public final class Access {

  private final State state;
  private final Resource roles;
  private final Resource clusterRoles;
  private final Resource roleBindings;
  private final Resource clusterRoleBindings;

  public Access(State state, Resources resources) {
    this.state = state;
    this.roles = resources.get("roles.rbac.authorization.k8s.io");
    this.clusterRoles = resources.get("clusterroles.rbac.authorization.k8s.io");
    this.roleBindings = resources.get("rolebindings.rbac.authorization.k8s.io");
    this.clusterRoleBindings = resources.get("clusterrolebindings.rbac.authorization.k8s.io");
  }

  public boolean allows(User user, Attributes wanted) {
    return user.groups().contains("system:masters")
        || rules(user, wanted.namespace()).stream().anyMatch(rule -> grants(rule, wanted));
  }

  /// Whether a path that is no resource may be read.
  public boolean allowsPath(User user, String verb, String path) {
    return user.groups().contains("system:masters")
        || rules(user, "").stream().anyMatch(rule -> grantsPath(rule, verb, path));
  }

  /// The rules that a user has in a namespace, cluster-wide ones included.
  public List<JsonNode> rules(User user, String namespace) {
    List<JsonNode> rules = new ArrayList<>();
    for (ObjectNode binding : state.list(clusterRoleBindings, "")) {
      addRules(rules, user, binding, "");
    }
    if (!namespace.isEmpty()) {
      for (ObjectNode binding : state.list(roleBindings, namespace)) {
        addRules(rules, user, binding, namespace);
      }
    }
    return rules;
  }

  private void addRules(List<JsonNode> rules, User user, ObjectNode binding, String namespace) {
    for (JsonNode subject : binding.path("subjects")) {
      if (isMeant(user, subject, namespace)) {
        role(binding, namespace).ifPresent(role -> role.path("rules").forEach(rules::add));
        return;
      }
    }
  }

  private Optional<ObjectNode> role(ObjectNode binding, String namespace) {
    String name = Json.text(binding, "roleRef", "name");
    return Json.text(binding, "roleRef", "kind").equals("ClusterRole")
        ? state.get(clusterRoles, "", name)
        : state.get(roles, namespace, name);
  }

  private static boolean isMeant(User user, JsonNode subject, String bindingNamespace) {
    String name = Json.text(subject, "name");
    return switch (Json.text(subject, "kind")) {
      case "User" -> user.name().equals(name);
      case "Group" -> user.groups().contains(name);
      case "ServiceAccount" -> {
        String namespace = subject.path("namespace").asString(bindingNamespace);
        yield user.name().equals("system:serviceaccount:" + namespace + ":" + name);
      }
      default -> false;
    };
  }

  private static boolean grants(JsonNode rule, Attributes wanted) {
    List<String> names = Json.texts(rule.path("resourceNames"));
    return holds(rule, "verbs", wanted.verb())
        && holds(rule, "apiGroups", wanted.group())
        && grantsResource(Json.texts(rule.path("resources")), wanted.resource())
        && (names.isEmpty() || names.contains(wanted.name()));
  }

  private static boolean grantsResource(List<String> granted, String wanted) {
    int slash = wanted.indexOf('/');
    return granted.contains("*")
        || granted.contains(wanted)
        || (slash > 0 && granted.contains("*" + wanted.substring(slash)));
  }

  private static boolean grantsPath(JsonNode rule, String verb, String path) {
    if (!holds(rule, "verbs", verb)) {
      return false;
    }
    for (String granted : Json.texts(rule.path("nonResourceURLs"))) {
      boolean prefix = granted.endsWith("*");
      String start = prefix ? granted.substring(0, granted.length() - 1) : granted;
      if (prefix ? path.startsWith(start) : path.equals(start)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(JsonNode rule, String list, String wanted) {
    List<String> values = Json.texts(rule.path(list));
    return values.contains("*") || values.contains(wanted);
  }
}
