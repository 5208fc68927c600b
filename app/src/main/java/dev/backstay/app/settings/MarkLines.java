package dev.backstay.app.settings;

import dev.backstay.workflow.lock.ContextMark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// The `contexts:` block of a settings file, line by line. Entries stand in the order of the marks
/// that were read; the one that changes is written anew, where it stands. In a file that is not
/// written as a block the whole of `contexts` is.
final class MarkLines {

  private static final Pattern KEY = Pattern.compile("contexts[ \\t]*:.*");
  private static final Pattern ITEM = Pattern.compile("[ ]*-([ ].*)?");
  private static final Pattern INSIDE = Pattern.compile("([ \\t]|-([ ]|$)|#|$).*|");

  private final List<String> lines;
  private final List<ContextMark> marks;
  private final int key;
  private final String lineEnd;

  MarkLines(String text, List<ContextMark> marks) {
    this.lines = new ArrayList<>(Arrays.asList(text.split("\r?\n", -1)));
    if (lines.getLast().isEmpty()) {
      lines.removeLast();
    }
    this.marks = marks;
    this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    this.key = find();
  }

  private int find() {
    for (int i = 0; i < lines.size(); i++) {
      if (KEY.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    return -1;
  }

  /// The file with one mark changed or added.
  ///
  /// @param all the marks as they are to be
  String with(ContextMark mark, List<ContextMark> all) {
    if (key < 0) {
      append(mark);
      return text();
    }
    List<Integer> starts = items();
    int place = all.indexOf(mark);
    if (starts.size() != marks.size() || starts.isEmpty()) {
      rewrite(all);
    } else if (place < starts.size()) {
      int end = place + 1 < starts.size() ? starts.get(place + 1) : blockEnd();
      replace(starts.get(place), end, mark);
    } else {
      int end = contentEnd(starts.getLast(), blockEnd());
      lines.addAll(end, entry(indent(starts.getFirst()), mark));
    }
    return text();
  }

  private void append(ContextMark mark) {
    if (lines.stream().allMatch(String::isBlank)) {
      lines.clear();
      lines.add("apiVersion: " + SettingsFile.API_VERSION);
      lines.add("kind: Settings");
    }
    lines.add("contexts:");
    lines.addAll(entry("  ", mark));
  }

  private void rewrite(List<ContextMark> all) {
    lines.subList(key, contentEnd(key, blockEnd())).clear();
    List<String> block = new ArrayList<>(List.of("contexts:"));
    all.forEach(mark -> block.addAll(entry("  ", mark)));
    lines.addAll(key, block);
  }

  private void replace(int from, int end, ContextMark mark) {
    String indent = indent(from);
    lines.subList(from, contentEnd(from, end)).clear();
    lines.addAll(from, entry(indent, mark));
  }

  /// Where the entries begin: lines with a dash, as far left as the first of them.
  private List<Integer> items() {
    List<Integer> starts = new ArrayList<>();
    for (int i = key + 1; i < blockEnd(); i++) {
      boolean item = ITEM.matcher(lines.get(i)).matches();
      if (item && (starts.isEmpty() || indent(i).equals(indent(starts.getFirst())))) {
        starts.add(i);
      }
    }
    return starts;
  }

  private int blockEnd() {
    int end = key + 1;
    while (end < lines.size() && INSIDE.matcher(lines.get(end)).matches()) {
      end++;
    }
    return end;
  }

  /// Without the blank lines and comments at the end: they belong to what follows.
  private int contentEnd(int from, int end) {
    int last = end;
    while (last > from + 1
        && (lines.get(last - 1).isBlank() || lines.get(last - 1).strip().startsWith("#"))) {
      last--;
    }
    return last;
  }

  private String indent(int line) {
    String text = lines.get(line);
    return text.substring(0, text.length() - text.stripLeading().length());
  }

  private static List<String> entry(String indent, ContextMark mark) {
    List<String> entry = new ArrayList<>();
    entry.add(indent + "- name: " + quoted(mark.context()));
    entry.add(indent + "  production: " + mark.production());
    if (!mark.colour().isEmpty()) {
      entry.add(indent + "  colour: " + quoted(mark.colour()));
    }
    if (mark.backups()) {
      entry.add(indent + "  backups: true");
    }
    return entry;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private String text() {
    return String.join(lineEnd, lines) + lineEnd;
  }
}
