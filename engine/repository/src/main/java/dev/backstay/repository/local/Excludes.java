package dev.backstay.repository.local;

import java.util.List;
import java.util.regex.Pattern;

/// Patterns as restic's `--exclude`: a leading slash anchors, `*` and `?` stay within a name, `**`
/// crosses folders, anything else matches at every depth.
final class Excludes {

  private final List<Pattern> patterns;

  Excludes(List<String> patterns) {
    this.patterns = patterns.stream().map(Excludes::compile).toList();
  }

  boolean isEmpty() {
    return patterns.isEmpty();
  }

  boolean match(String path) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(path).matches());
  }

  private static Pattern compile(String pattern) {
    String text = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
    StringBuilder regex = new StringBuilder(text.startsWith("/") ? "" : ".*/");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (text.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (text.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[' && text.indexOf(']', i) > i) {
        int end = text.indexOf(']', i);
        String set = text.substring(i + 1, end).replace("\\", "\\\\");
        regex.append('[').append(set.startsWith("!") ? "^" + set.substring(1) : set).append(']');
        i = end;
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
