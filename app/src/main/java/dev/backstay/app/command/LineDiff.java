package dev.backstay.app.command;

import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.Patch;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two texts as a unified diff, as `diff -u` and `git` write it.
final class LineDiff {

  /// Beyond that, a file is not read to be compared line by line.
  static final long LARGEST = 2L << 20;

  private static final int MOST_LINES = 20_000;
  private static final int CONTEXT = 3;

  private LineDiff() {}

  /// The lines of a unified diff; none if no line differs, empty if it would take too long.
  static Optional<List<String>> of(
      String nameBefore, String nameAfter, String before, String after) {
    List<String> left = before.lines().toList();
    List<String> right = after.lines().toList();
    if (left.size() > MOST_LINES || right.size() > MOST_LINES) {
      return Optional.empty();
    }
    Patch<String> patch =
        Patch.generate(
            left, right, new MyersDiffWithLinearSpace<String>().computeDiff(left, right, null));
    return Optional.of(
        UnifiedDiffUtils.generateUnifiedDiff(nameBefore, nameAfter, left, merged(patch), CONTEXT));
  }

  /// What is taken away and what is put in its place is one change; what is taken away comes first.
  private static Patch<String> merged(Patch<String> patch) {
    Patch<String> merged = new Patch<>();
    AbstractDelta<String> last = null;
    for (AbstractDelta<String> delta : patch.getDeltas()) {
      if (last != null && touch(last, delta)) {
        last = new ChangeDelta<>(both(last, delta, true), both(last, delta, false));
        continue;
      }
      if (last != null) {
        merged.addDelta(last);
      }
      last = delta;
    }
    if (last != null) {
      merged.addDelta(last);
    }
    return merged;
  }

  private static boolean touch(AbstractDelta<String> a, AbstractDelta<String> b) {
    return end(a.getSource()) == b.getSource().getPosition()
        && end(a.getTarget()) == b.getTarget().getPosition();
  }

  private static int end(Chunk<String> chunk) {
    return chunk.getPosition() + chunk.size();
  }

  private static Chunk<String> both(
      AbstractDelta<String> a, AbstractDelta<String> b, boolean source) {
    Chunk<String> first = source ? a.getSource() : a.getTarget();
    Chunk<String> second = source ? b.getSource() : b.getTarget();
    List<String> lines = new ArrayList<>(first.getLines());
    lines.addAll(second.getLines());
    return new Chunk<>(first.getPosition(), lines);
  }

  /// Empty if the bytes are no UTF-8 text, or would do more on a terminal than be read.
  static Optional<String> text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.chars().allMatch(LineDiff::readable) ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }

  private static boolean readable(int c) {
    return !Character.isISOControl(c) || c == '\n' || c == '\r' || c == '\t';
  }
}
