package dev.backstay.cluster.apply.clean;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The names of generated token secrets go; the cluster makes new ones.
final class ServiceAccountRule implements KindRule {

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    String account = ObjectFields.name(object);
    for (String list : List.of("secrets", "imagePullSecrets")) {
      ObjectFields.removeElements(
          object, s -> generated(ObjectFields.text(s, "name"), account), list);
      for (ObjectNode reference : ObjectFields.objects(object, list)) {
        if (context.options().from().equals(ObjectFields.text(reference, "namespace"))) {
          reference.put("namespace", context.options().to());
        }
        reference.remove(List.of("uid", "resourceVersion"));
      }
    }
  }

  private static boolean generated(String secret, String account) {
    return SecretRule.isTokenOf(secret, account)
        || secret.matches(java.util.regex.Pattern.quote(account) + "-dockercfg-[a-z0-9]{5}");
  }
}
