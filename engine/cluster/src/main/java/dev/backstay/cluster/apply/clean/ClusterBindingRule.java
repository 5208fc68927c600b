package dev.backstay.cluster.apply.clean;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A ClusterRoleBinding belongs to the whole cluster: under another namespace it stays as it is.
final class ClusterBindingRule implements KindRule {

  @Override
  public @Nullable String leftOut(ObjectNode binding, CleanContext context) {
    return ClusterRoleRule.ofTheCluster(binding);
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    AccessRules.subjects(object, stored, context, notes);
    if (context.options().moves()) {
      notes.add("if it exists, the accounts in " + context.options().to() + " are not in it");
    }
  }
}
