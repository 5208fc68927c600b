package dev.backstay.app.demo;

import java.util.ArrayList;
import java.util.List;

/// What the demo compared, and how that came out.
final class DemoProof {

  private static final int SHOWN = 5;

  private final List<String> lines = new ArrayList<>();
  private boolean held = true;

  /// @param claim a sentence that is true if there are no differences
  void that(String claim, List<String> differences) {
    boolean same = differences.isEmpty();
    held &= same;
    lines.add((same ? "  ✓ " : "  ✗ ") + claim);
    differences.stream().limit(SHOWN).forEach(difference -> lines.add("      " + difference));
  }

  boolean held() {
    return held;
  }

  List<String> lines() {
    return lines;
  }
}
