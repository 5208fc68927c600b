package dev.backstay.app.output;

import dev.backstay.app.console.Text;
import java.io.PrintStream;
import java.util.List;

/// Columns as kubectl prints them: a head in capitals, three spaces between, no frame. Widths count
/// terminal columns, so that names in any script line up.
final class Table {

  private static final String GAP = "   ";

  private Table() {}

  static <T> void print(PrintStream out, List<Column<T>> columns, List<T> rows) {
    List<List<String>> cells =
        rows.stream()
            .map(row -> columns.stream().map(c -> Text.printable(c.value().apply(row))).toList())
            .toList();
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(columns.get(i).title(), cells, i);
    }
    print(out, columns, columns.stream().map(Column::title).toList(), widths);
    cells.forEach(row -> print(out, columns, row, widths));
  }

  private static int width(String title, List<List<String>> cells, int column) {
    int widest = cells.stream().mapToInt(row -> Text.width(row.get(column))).max().orElse(0);
    return Math.max(Text.width(title), widest);
  }

  private static <T> void print(
      PrintStream out, List<Column<T>> columns, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - Text.width(row.get(i)));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).right() ? padding + row.get(i) : row.get(i) + padding);
    }
    out.print(line.toString().stripTrailing() + "\n");
  }
}
