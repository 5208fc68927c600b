package dev.backstay.ui.browse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Finds where the values of Secrets stand in a text. It follows YAML's events, of which JSON is a
/// case, so that quotes, block scalars and flow style are understood, and a text that was cut is
/// understood up to there.
///
/// Between one key and the next everything is hidden, so nothing survives in a comment or tag.
/// Positions count code points.
final class SecretSearch {

  /// @param with what is shown instead
  record Hidden(int from, int to, String with) {}

  /// The parser's time grows with the square of the depth; nothing real is as deep.
  private static final int DEEPEST = 200;

  private final String text;
  private final int[] points;
  private final boolean sure;
  private final boolean doubtful;
  private final Deque<SecretFrame> open = new ArrayDeque<>();
  private final List<Hidden> hidden = new ArrayList<>();
  private boolean mappings;

  /// @param sure that it is a Secret, whatever it says
  /// @param doubtful whether an object of unknown kind is to be taken for one
  SecretSearch(String text, boolean sure, boolean doubtful) {
    this.text = text;
    this.points = text.codePoints().toArray();
    this.sure = sure;
    this.doubtful = doubtful;
  }

  /// Empty if there is nothing to hide.
  Optional<String> masked() {
    int understood = 0;
    boolean failed = false;
    try {
      LoadSettings settings = LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
      for (Event event : new Parse(settings).parseString(text)) {
        handle(event);
        understood = Math.max(understood, at(event.getEndMark()));
      }
    } catch (RuntimeException _) { // of many kinds, for what is no YAML
      failed = true;
    }
    boolean rest = failed && (doubtful || sure || SecretMask.mayHaveSecrets(text));
    while (!open.isEmpty()) {
      SecretFrame frame = open.pop();
      frame.endOpen(points.length);
      decide(frame, rest);
    }
    boolean nothing = sure && !mappings;
    if (rest || nothing) {
      hidden.add(new Hidden(nothing ? 0 : understood, points.length, "\n" + SecretMask.MASK));
    }
    return hidden.isEmpty() ? Optional.empty() : Optional.of(replaced());
  }

  private int at(Optional<Mark> mark) {
    return mark.map(Mark::getIndex).orElse(points.length);
  }

  private void handle(Event event) {
    switch (event) {
      case CollectionEndEvent end -> {
        SecretFrame frame = open.pop();
        frame.end(at(end.getStartMark()));
        decide(frame, doubtful);
        SecretFrame above = open.peek();
        if (above != null) {
          above.nodeEnded(null, at(end.getEndMark()));
        }
      }
      case NodeEvent node -> node(node);
      default -> {}
    }
  }

  private void node(NodeEvent node) {
    SecretFrame above = open.peek();
    if (open.size() > DEEPEST) {
      throw new IllegalArgumentException("too deep");
    }
    if (above != null) {
      above.nodeStarts(node, at(node.getStartMark()));
    }
    switch (node) {
      case MappingStartEvent mapping -> {
        mappings = true;
        open.push(new SecretFrame(points, above, true, mapping.isFlow()));
      }
      case SequenceStartEvent sequence ->
          open.push(new SecretFrame(points, above, false, sequence.isFlow()));
      default -> {
        if (above != null) {
          above.nodeEnded(value(node), at(node.getEndMark()));
        }
      }
    }
  }

  private static @Nullable String value(NodeEvent node) {
    return node instanceof ScalarEvent scalar ? scalar.getValue() : null;
  }

  /// An object without a kind may be part of one that has it: an item of a SecretList.
  private void decide(SecretFrame frame, boolean unknown) {
    String kind = frame.kind();
    SecretFrame above = open.peek();
    if (sure || (kind != null && (kind.equals("Secret") || kind.equals("SecretList")))) {
      hidden.addAll(frame.pending());
    } else if (kind == null && above != null) {
      above.pending().addAll(frame.pending());
    } else if (kind == null && unknown) {
      hidden.addAll(frame.pending());
    }
  }

  private String replaced() {
    hidden.sort(Comparator.comparingInt(Hidden::from));
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (Hidden part : hidden) {
      if (part.from() >= at) {
        out.append(new String(points, at, part.from() - at)).append(part.with());
      }
      at = Math.max(at, part.to());
    }
    return out.append(new String(points, at, points.length - at)).toString();
  }
}
