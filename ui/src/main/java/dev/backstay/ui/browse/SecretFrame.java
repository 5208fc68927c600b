package dev.backstay.ui.browse;

import dev.backstay.ui.browse.SecretSearch.Hidden;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// A mapping or list that is being read, and what is to be hidden in it if it belongs to a Secret.
final class SecretFrame {

  /// What a mapping is, by the key that it stands under.
  private enum Role {
    OBJECT,
    METADATA,
    ANNOTATIONS,
    VALUES
  }

  private final int[] text;
  private final Role role;
  private final boolean mapping;
  private final boolean flow;
  private final int keyAbove;
  private final List<Hidden> pending = new ArrayList<>();
  private @Nullable String key;
  private @Nullable String kind;
  private int keyEnd = -1;
  private boolean keyIsNext = true;
  private boolean valueStarted;
  private boolean hides;

  /// @param above what it is in, or null
  SecretFrame(int[] text, @Nullable SecretFrame above, boolean mapping, boolean flow) {
    this.text = text;
    this.mapping = mapping;
    this.flow = flow;
    this.role = mapping && above != null ? role(above) : Role.OBJECT;
    this.keyAbove = above == null ? -1 : above.keyEnd;
  }

  private static Role role(SecretFrame above) {
    if (!above.mapping || above.keyIsNext || above.key == null) {
      return Role.OBJECT;
    }
    return switch (above.key) {
      case "data", "stringData" -> Role.VALUES;
      case "metadata" -> Role.METADATA;
      case "annotations" -> Role.ANNOTATIONS;
      default -> Role.OBJECT;
    };
  }

  @Nullable String kind() {
    return kind;
  }

  List<Hidden> pending() {
    return pending;
  }

  /// @param at where it starts
  void nodeStarts(NodeEvent node, int at) {
    if (!mapping) {
      return;
    }
    if (!keyIsNext) {
      valueStarted = true;
      hides = hides(node);
    } else if (keyEnd >= 0) {
      hide(at, false);
    } else if (role == Role.VALUES) {
      pending.add(new Hidden(keyAbove, at, (flow ? ": {" : ":") + tail(keyAbove, at)));
    }
  }

  private boolean hides(NodeEvent value) {
    return switch (role) {
      case VALUES -> true;
      case ANNOTATIONS -> key == null || key.contains("applied");
      case OBJECT, METADATA ->
          key != null
              && (key.equals("data") || key.equals("stringData"))
              && !(value instanceof MappingStartEvent)
              && !(value instanceof ScalarEvent scalar && scalar.getValue().isEmpty());
    };
  }

  /// @param value of a scalar, else null
  /// @param at where it ends
  void nodeEnded(@Nullable String value, int at) {
    if (!mapping) {
      return;
    }
    if (keyIsNext) {
      key = value;
      keyEnd = at;
      valueStarted = false;
      hides = role == Role.VALUES;
    } else if (role == Role.OBJECT && "kind".equals(key)) {
      boolean cutOff = at == text.length && !"Secret".equals(value);
      kind = cutOff || value == null || value.isEmpty() ? null : value;
    }
    keyIsNext = !keyIsNext;
  }

  /// @param at where it ends, before a closing brace
  void end(int at) {
    if (mapping && keyEnd >= 0) {
      hide(at, true);
    }
  }

  /// The text ends, or is not understood, before this does.
  void endOpen(int at) {
    boolean may = role == Role.ANNOTATIONS || "data".equals(key) || "stringData".equals(key);
    if (mapping && keyEnd >= 0 && (hides || (may && !keyIsNext && !valueStarted))) {
      pending.add(new Hidden(keyEnd, at, ": " + SecretMask.MASK));
    }
  }

  private void hide(int to, boolean last) {
    if (hides) {
      String mask = flow ? "\"" + SecretMask.MASK + "\"" + (last ? "" : ",") : SecretMask.MASK;
      String tail = tail(keyEnd, to);
      pending.add(
          new Hidden(keyEnd, to, ": " + mask + (flow && !last && tail.isEmpty() ? " " : tail)));
    }
    hides = false;
  }

  /// The line break and indentation before what follows, if it is on another line.
  private String tail(int from, int to) {
    int line = to;
    while (line > from && text[line - 1] != '\n') {
      line--;
    }
    int spaces = 0;
    while (line + spaces < to && text[line + spaces] == ' ') {
      spaces++;
    }
    return line > from ? "\n" + " ".repeat(spaces) : "";
  }
}
