package dev.backstay.ui.part;

import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of two texts side by side.
///
/// @param left null if only the right side has it
/// @param right null if only the left side has it
/// @param changed whether they differ
/// @param folded how many equal lines it stands for, 0 for a line of its own
public record DiffLine(@Nullable String left, @Nullable String right, boolean changed, int folded) {

  /// Beyond so many lines a side, comparing line by line would take too long.
  public static final int MOST = 20_000;

  /// So many equal lines are kept around what differs.
  private static final int CONTEXT = 4;

  private static DiffLine equal(String text) {
    return new DiffLine(text, text, false, 0);
  }

  private static DiffLine folded(int lines) {
    return new DiffLine(null, null, false, lines);
  }

  /// The lines of two texts; may take a moment.
  ///
  /// @param all whether equal lines far from any change are kept
  public static List<DiffLine> between(List<String> left, List<String> right, boolean all) {
    Patch<String> patch =
        Patch.generate(
            left, right, new MyersDiffWithLinearSpace<String>().computeDiff(left, right, null));
    List<DiffLine> lines = new ArrayList<>();
    List<String> removed = new ArrayList<>();
    List<String> added = new ArrayList<>();
    int at = 0;
    for (AbstractDelta<String> delta : patch.getDeltas()) {
      int begin = delta.getSource().getPosition();
      if (begin > at) {
        changed(lines, removed, added);
        left.subList(at, begin).forEach(text -> lines.add(equal(text)));
      }
      removed.addAll(delta.getSource().getLines());
      added.addAll(delta.getTarget().getLines());
      at = begin + delta.getSource().size();
    }
    changed(lines, removed, added);
    left.subList(at, left.size()).forEach(text -> lines.add(equal(text)));
    return all ? lines : folded(lines);
  }

  /// What was removed and what was added at one place stand beside each other, however many steps
  /// the difference was found in.
  private static void changed(List<DiffLine> lines, List<String> removed, List<String> added) {
    for (int i = 0; i < Math.max(removed.size(), added.size()); i++) {
      lines.add(
          new DiffLine(
              i < removed.size() ? removed.get(i) : null,
              i < added.size() ? added.get(i) : null,
              true,
              0));
    }
    removed.clear();
    added.clear();
  }

  private static List<DiffLine> folded(List<DiffLine> lines) {
    List<DiffLine> kept = new ArrayList<>();
    int skipped = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (near(lines, i)) {
        if (skipped > 0) {
          kept.add(folded(skipped));
          skipped = 0;
        }
        kept.add(lines.get(i));
      } else {
        skipped++;
      }
    }
    if (skipped > 0) {
      kept.add(folded(skipped));
    }
    return kept;
  }

  private static boolean near(List<DiffLine> lines, int at) {
    for (int i = Math.max(0, at - CONTEXT); i <= Math.min(lines.size() - 1, at + CONTEXT); i++) {
      if (lines.get(i).changed()) {
        return true;
      }
    }
    return false;
  }
}
