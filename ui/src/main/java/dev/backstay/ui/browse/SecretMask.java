package dev.backstay.ui.browse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Hides the values of a Secret's manifest, until the user asks to see them.
final class SecretMask {

  static final String MASK = "••••••";

  private static final Pattern KIND = Pattern.compile("kind:\\s*[\"']?Secret[\"']?\\s*");
  private static final Pattern VALUES = Pattern.compile("(data|stringData):.*");
  private static final Pattern ENTRY = Pattern.compile("(\\s+)([^\\s].*?):(\\s.*|$)");
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private SecretMask() {}

  static boolean isSecret(List<String> lines) {
    return lines.stream().anyMatch(line -> KIND.matcher(line).matches());
  }

  /// @param lines of YAML in block style, as restore points hold it
  static List<String> mask(List<String> lines) {
    List<String> masked = new ArrayList<>();
    boolean values = false;
    int hidden = -1;
    for (String line : lines) {
      int indent = indent(line);
      if (hidden >= 0 && (indent > hidden || line.isBlank())) {
        continue; // goes on with a hidden value
      }
      hidden = -1;
      if (indent == 0 && !line.isBlank()) {
        values = VALUES.matcher(line).matches();
        masked.add(
            values && line.indexOf('{') > 0
                ? line.substring(0, line.indexOf(':') + 1) + " " + MASK
                : line);
        continue;
      }
      Matcher entry = ENTRY.matcher(line);
      boolean hide = entry.matches() && (values || entry.group(2).contains(APPLIED));
      masked.add(hide ? entry.group(1) + entry.group(2) + ": " + MASK : line);
      hidden = hide ? indent : -1;
    }
    return masked;
  }

  private static int indent(String line) {
    int spaces = 0;
    while (spaces < line.length() && line.charAt(spaces) == ' ') {
      spaces++;
    }
    return spaces;
  }
}
