package dev.backstay.ui.browse;

import dev.backstay.ui.fx.Amounts;
import dev.backstay.ui.fx.Texts;
import dev.backstay.workflow.browse.Difference;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many paths differ how, and what that amounts to.
final class ChangeCounts {

  private record Sum(int paths, long before, long after) {
    Sum plus(Changed change) {
      return new Sum(
          paths + 1, before + Math.max(0, change.before()), after + Math.max(0, change.after()));
    }
  }

  private ChangeCounts() {}

  /// `2 added (3 B), 1 removed (12 B), 4 changed (10 KiB → 12 KiB), 3 metadata only`
  static String sentence(Compared.Changes found) {
    Map<Difference.Kind, Sum> sums = new EnumMap<>(Difference.Kind.class);
    found
        .changes()
        .forEach(c -> sums.put(c.kind(), sums.getOrDefault(c.kind(), new Sum(0, 0, 0)).plus(c)));
    List<String> parts = new ArrayList<>();
    sums.forEach((kind, sum) -> parts.add(sum.paths() + " " + word(kind) + bytes(kind, sum)));
    String text = String.join(", ", parts);
    return found.more() ? Texts.of("compare.more", text) : text;
  }

  private static String bytes(Difference.Kind kind, Sum sum) {
    return switch (kind) {
      case ADDED -> " (" + Amounts.bytes(sum.after()) + ")";
      case REMOVED -> " (" + Amounts.bytes(sum.before()) + ")";
      case CHANGED -> " (" + Amounts.bytes(sum.before()) + " → " + Amounts.bytes(sum.after()) + ")";
      case METADATA_ONLY -> "";
    };
  }

  static String word(Difference.Kind kind) {
    return Texts.of("compare.kind." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
