package dev.backstay.workflow.browse;

import dev.backstay.model.InvalidInputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A shell pattern for paths, as [FindCriteria#pattern()] describes it. Names are matched one by
/// one, so that a walk knows which folders it need not look into.
final class Glob {

  /// Stands for `**`: any number of folders, also none.
  private static final Pattern FOLDERS = Pattern.compile("");

  private final List<Pattern> parts;

  private Glob(List<Pattern> parts) {
    this.parts = List.copyOf(parts);
  }

  /// How a path compares.
  ///
  /// @param whole whether it matches
  /// @param leadsOn whether a path below it may match
  record Match(boolean whole, boolean leadsOn) {}

  /// @throws InvalidInputException if it is no pattern
  static Glob parse(String pattern) {
    List<Pattern> parts = new ArrayList<>();
    if (!pattern.contains("/")) {
      parts.add(FOLDERS);
    }
    for (String part : pattern.split("/")) {
      if (part.equals("**")) {
        parts.add(FOLDERS);
      } else if (!part.isEmpty()) {
        parts.add(new Name(pattern, part).parse());
      }
    }
    if (parts.isEmpty() || pattern.isEmpty()) {
      throw bad(pattern, "it is empty");
    }
    if (parts.getLast() == FOLDERS) {
      parts.add(Pattern.compile(".*", Pattern.DOTALL)); // what is in the folders, not they alone
    }
    return new Glob(parts);
  }

  Match match(List<String> names) {
    BitSet at = reached(0);
    for (String name : names) {
      BitSet next = new BitSet();
      at.stream()
          .filter(i -> i < parts.size())
          .forEach(i -> {
            if (parts.get(i) == FOLDERS) {
              next.or(reached(i));
            } else if (parts.get(i).matcher(name).matches()) {
              next.or(reached(i + 1));
            }
          });
      at = next;
    }
    return new Match(
        at.get(parts.size()), at.nextSetBit(0) >= 0 && at.nextSetBit(0) < parts.size());
  }

  /// The part that comes next, and those behind it if it may stand for nothing.
  private BitSet reached(int part) {
    BitSet reached = new BitSet();
    int at = part;
    reached.set(at);
    while (at < parts.size() && parts.get(at) == FOLDERS) {
      reached.set(++at);
    }
    return reached;
  }

  private static InvalidInputException bad(String pattern, String why) {
    return new InvalidInputException(
        "find.bad-pattern",
        "'" + pattern + "' is no pattern: " + why,
        "write it as a shell does, such as 'invoice-*' or '**/*.txt'; \\ takes a character as it"
            + " is");
  }

  /// One name of a pattern on its way to a regular expression.
  private static final class Name {

    private final String pattern;
    private final String text;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean choice;

    Name(String pattern, String text) {
      this.pattern = pattern;
      this.text = text;
    }

    Pattern parse() {
      for (at = 0; at < text.length(); at++) {
        next(text.charAt(at));
      }
      if (choice) {
        throw bad(pattern, "a '{' is not closed in the same name");
      }
      return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    private void next(char c) {
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        case '[' -> set();
        case '{' -> open();
        case '}' -> regex.append(choice ? ")" : "\\}");
        case ',' -> regex.append(choice ? "|" : ",");
        case '\\' -> escaped();
        default -> itself(c);
      }
      choice = c == '{' || (choice && c != '}');
    }

    private void open() {
      if (choice) {
        throw bad(pattern, "a '{' stands inside another");
      }
      regex.append("(?:");
    }

    private void escaped() {
      if (++at == text.length()) {
        throw bad(pattern, "it ends in '\\'");
      }
      itself(text.charAt(at));
    }

    private void itself(char c) {
      boolean special = c < 128 && !Character.isLetterOrDigit(c);
      regex.append(special ? "\\" : "").append(c);
    }

    private void set() {
      int close = text.indexOf(']', at + 2);
      if (close < 0) {
        throw bad(pattern, "a '[' is not closed in the same name");
      }
      String inside = text.substring(at + 1, close);
      boolean not = inside.startsWith("!") || inside.startsWith("^");
      String characters =
          (not ? inside.substring(1) : inside).replaceAll("[\\[\\]\\\\&^]", "\\\\$0");
      try {
        String set = "[" + (not ? "^" : "") + characters + "]";
        Pattern.compile(set);
        regex.append(set);
      } catch (PatternSyntaxException _) {
        throw bad(pattern, "'[" + inside + "]' is no set of characters");
      }
      at = close;
    }
  }
}
