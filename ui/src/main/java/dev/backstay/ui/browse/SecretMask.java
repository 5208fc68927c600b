package dev.backstay.ui.browse;

import java.util.Optional;
import java.util.regex.Pattern;

/// Hides the values of Secrets, until the user asks to see them.
final class SecretMask {

  static final String MASK = "••••••";

  private static final Pattern KIND = Pattern.compile("\\bkind[\"']?\\s*:\\s*[\"']?Secret");
  private static final String MANIFESTS = "/manifests/";
  private static final String SECRETS = MANIFESTS + "core/secrets/";

  private SecretMask() {}

  /// Whether a file at this path of a restore point is looked through for Secrets.
  static boolean concerns(String path) {
    return path.startsWith(MANIFESTS) || TextOrHex.language(path) != Preview.Language.PLAIN;
  }

  /// Whether a piece of a file speaks of Secrets, as far as a piece can tell.
  static boolean mayHaveSecrets(String text) {
    return KIND.matcher(text).find();
  }

  /// What cannot be understood is hidden as well, if it may belong to a Secret.
  ///
  /// @param text YAML or JSON, possibly several documents
  /// @param path in the restore point: it says what a manifest is, also when its end is missing
  /// @param cut whether the text goes on in the file
  /// @return the text with masks; empty if there was nothing to hide
  static Optional<String> mask(String text, String path, boolean cut) {
    if (!concerns(path)) {
      return Optional.empty();
    }
    boolean sure = path.startsWith(SECRETS);
    boolean doubtful = cut && !path.startsWith(MANIFESTS);
    return new SecretSearch(text, sure, doubtful).masked();
  }
}
