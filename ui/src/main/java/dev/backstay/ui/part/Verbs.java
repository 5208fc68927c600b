package dev.backstay.ui.part;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Missing permissions in few lines: what the same verb lacks in the same place stands in one.
public final class Verbs {

  /// Where the resources go; no right has it in it.
  private static final String ALL = "\0";

  private static final Pattern RIGHT = Pattern.compile("(\\S+) (\\S+)(.*)");

  private Verbs() {}

  /// @param rights each as `list secrets in namespace shop`
  /// @return `list secrets, services in namespace shop`
  public static List<String> lines(Collection<String> rights) {
    Map<String, Set<String>> resources = new LinkedHashMap<>();
    for (String right : rights) {
      Matcher parts = RIGHT.matcher(right);
      String resource = parts.matches() ? parts.group(2) : right;
      String rest = parts.matches() ? parts.group(1) + " " + ALL + parts.group(3) : ALL;
      resources.computeIfAbsent(rest, _ -> new LinkedHashSet<>()).add(resource);
    }
    return resources.entrySet().stream()
        .map(e -> e.getKey().replace(ALL, String.join(", ", e.getValue())))
        .toList();
  }
}
