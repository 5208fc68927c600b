package dev.backstay.cluster.apply.clean;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Tokens of service accounts: generated ones stay out, ordered ones are issued anew. Helm's
/// records keep what they say.
final class SecretRule implements KindRule {

  private static final String TOKEN = "kubernetes.io/service-account-token";
  private static final String ACCOUNT = "kubernetes.io/service-account.name";
  private static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

  /// Whether a Secret has the name of a token that the cluster generated for an account.
  static boolean isTokenOf(String secret, String account) {
    return secret.matches(Pattern.quote(account) + "-token-[a-z0-9]{5}");
  }

  @Override
  public @Nullable String leftOut(ObjectNode secret, CleanContext context) {
    boolean generated =
        TOKEN.equals(ObjectFields.text(secret, "type"))
            && isTokenOf(ObjectFields.name(secret), ObjectFields.annotation(secret, ACCOUNT));
    return generated ? "a generated token of a service account" : null;
  }

  @Override
  public void clean(
      ObjectNode object, ObjectNode stored, CleanContext context, List<String> notes) {
    if (TOKEN.equals(ObjectFields.text(object, "type"))) {
      ObjectFields.removeFrom(object, List.of(ACCOUNT_UID), "metadata", "annotations");
      ObjectFields.removeFrom(object, List.of("token", "ca.crt", "namespace"), "data");
      notes.add("the cluster issues a new token");
    }
    boolean helm = ObjectFields.text(object, "type").equals("helm.sh/release.v1");
    if (helm && context.options().moves()) {
      notes.add("Helm's record of the release still names namespace " + context.options().from());
    }
  }
}
