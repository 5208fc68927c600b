package dev.backstay.repository.browse;

import dev.backstay.model.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// A shell pattern for paths, as [PathPattern#glob] describes it. A state is a set of bits: the
/// parts that may come next; the bit behind the last part means a match.
@SuppressWarnings("ReferenceEquality") // FOLDERS is itself only
final class Glob implements PathPattern {

  private static final int MOST = 60;

  /// Stands for `**`: any number of folders, also none.
  private static final Part FOLDERS = new Part(Pattern.compile(""), null);

  /// @param literal the name if nothing else matches, or null
  private record Part(Pattern pattern, @Nullable String literal) {

    boolean matches(String name) {
      return literal == null ? pattern.matcher(name).matches() : literal.equals(name);
    }
  }

  private final List<Part> parts;
  private final boolean allBelow;

  private Glob(List<Part> parts, boolean allBelow) {
    this.parts = List.copyOf(parts);
    this.allBelow = allBelow;
  }

  /// @throws InvalidInputException if it is no pattern
  static Glob parse(String pattern, boolean ignoreCase) {
    List<Part> parts = new ArrayList<>();
    if (!pattern.contains("/")) {
      parts.add(FOLDERS);
    }
    for (String part : pattern.split("/")) {
      if (part.equals("**")) {
        parts.add(FOLDERS);
      } else if (!part.isEmpty()) {
        parts.add(new Name(pattern, part, ignoreCase).parse());
      }
    }
    if (parts.isEmpty() || pattern.isEmpty()) {
      throw bad(pattern, "it is empty");
    }
    if (parts.getLast() == FOLDERS) {
      // What is in the folders, not they alone.
      parts.add(new Part(Pattern.compile(".*", Pattern.DOTALL), null));
    }
    if (parts.size() > MOST) {
      throw bad(pattern, "it has more than " + MOST + " names");
    }
    return new Glob(parts, false);
  }

  /// The same, and everything below a match matches.
  Glob withAllBelow() {
    return new Glob(parts, true);
  }

  private long end() {
    return 1L << parts.size();
  }

  @Override
  public long start() {
    return reached(0);
  }

  @Override
  public long step(long state, String name) {
    if (allBelow && (state & end()) != 0) {
      return end();
    }
    long next = 0;
    for (long rest = state & end() - 1; rest != 0; rest &= rest - 1) {
      int part = Long.numberOfTrailingZeros(rest);
      if (parts.get(part) == FOLDERS) {
        next |= reached(part);
      } else if (parts.get(part).matches(name)) {
        next |= reached(part + 1);
      }
    }
    return next;
  }

  /// The part that comes next, and those behind it if it may stand for nothing.
  private long reached(int part) {
    int at = part;
    long reached = 1L << at;
    while (at < parts.size() && parts.get(at) == FOLDERS) {
      reached |= 1L << ++at;
    }
    return reached;
  }

  @Override
  public boolean matches(long state, Supplier<String> path) {
    return (state & end()) != 0;
  }

  @Override
  public boolean leadsOn(long state) {
    return (state & end() - 1) != 0 || (allBelow && (state & end()) != 0);
  }

  @Override
  public boolean stateSaysAll() {
    return true;
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
    private final boolean ignoreCase;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean choice;

    Name(String pattern, String text, boolean ignoreCase) {
      this.pattern = pattern;
      this.text = text;
      this.ignoreCase = ignoreCase;
    }

    Part parse() {
      for (at = 0; at < text.length(); at++) {
        next(text.charAt(at));
      }
      if (choice) {
        throw bad(pattern, "a '{' is not closed in the same name");
      }
      int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
      boolean plain = !ignoreCase && text.chars().noneMatch(c -> "*?[]{},\\".indexOf(c) >= 0);
      return new Part(
          Pattern.compile(regex.toString(), Pattern.DOTALL | flags), plain ? text : null);
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
