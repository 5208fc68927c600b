package dev.backstay.app.output;

import dev.backstay.app.console.Console;
import dev.backstay.model.ItemFailure;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/// Writes data to standard output in the format asked for. Everything it writes is one document.
public final class Printer {

  /// Made when a document is asked for: tables need no JSON, and it takes its time to load.
  private static final class Json {
    static final ObjectWriter WRITER =
        JsonMapper.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build()
            .writerWithDefaultPrettyPrinter();
  }

  private final Console console;
  private final OutputFormat format;

  public Printer(Console console, OutputFormat format) {
    this.console = console;
    this.format = format;
  }

  public OutputFormat format() {
    return format;
  }

  /// Whether people read it and not a program.
  public boolean forPeople() {
    return format == OutputFormat.TABLE || format == OutputFormat.WIDE;
  }

  /// A list: a table, names, or a document of kind `<kind>List` with `items`.
  public <T> void list(Sheet<T> sheet, List<T> rows) {
    list(sheet, rows, List.of());
  }

  /// The same with what is missing from it; tables leave that to standard error.
  public <T> void list(Sheet<T> sheet, List<T> rows, List<ItemFailure> warnings) {
    switch (format) {
      case TABLE, WIDE -> table(sheet, rows);
      case NAME -> rows.forEach(row -> line(sheet.name().apply(row)));
      case JSON, YAML -> {
        Fields document = Fields.ofKind(sheet.kind() + "List");
        document.put("items", rows.stream().map(row -> item(sheet, row)).toList());
        document(warnings.isEmpty() ? document : document.put("warnings", warnings));
      }
    }
  }

  /// One thing: a table of one row, its name, or a document.
  public <T> void one(Sheet<T> sheet, T row) {
    switch (format) {
      case TABLE, WIDE -> table(sheet, List.of(row));
      case NAME -> line(sheet.name().apply(row));
      case JSON, YAML -> document(item(sheet, row));
    }
  }

  private static <T> Fields item(Sheet<T> sheet, T row) {
    return Fields.ofKind(sheet.kind()).putAll(sheet.fields().apply(row));
  }

  private <T> void table(Sheet<T> sheet, List<T> rows) {
    if (rows.isEmpty()) {
      console.say("Nothing found.");
      return;
    }
    List<Column<T>> columns =
        sheet.columns().stream()
            .filter(column -> format == OutputFormat.WIDE || !column.wideOnly())
            .toList();
    Table.print(console.out(), columns, rows);
  }

  /// Data as it is, such as an id for `-o name` or a line of a plan.
  public void line(String text) {
    byte[] bytes = (text + '\n').getBytes(StandardCharsets.UTF_8);
    console.out().write(bytes, 0, bytes.length);
  }

  /// A document of its own whose `items` are not known yet.
  public DocumentStream stream(Fields head) {
    return new DocumentStream(this, head, Json.WRITER.createGenerator(console.out()));
  }

  /// A document of its own; JSON unless YAML was asked for.
  public void document(Fields document) {
    PrintStream out = console.out();
    if (format == OutputFormat.YAML) {
      out.print(Yaml.write(document.toMap()));
    } else {
      out.print(json(document));
    }
  }

  /// A document as it is printed, for what does not go to the console.
  public static String json(Fields document) {
    return Json.WRITER.writeValueAsString(document.toMap()) + "\n";
  }
}
