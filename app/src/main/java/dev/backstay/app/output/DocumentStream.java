package dev.backstay.app.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// A document whose `items` are written one by one as they come: JSON is never gathered, because a
/// volume has millions of files. YAML is.
public final class DocumentStream {

  private final Printer printer;
  private final Fields head;
  private final List<Fields> gathered = new ArrayList<>();
  private final JsonGenerator json;
  private boolean begun;

  DocumentStream(Printer printer, Fields head, JsonGenerator json) {
    this.printer = printer;
    this.head = head;
    this.json = json;
  }

  public void item(Fields item) {
    if (printer.format() == OutputFormat.YAML) {
      gathered.add(item);
      return;
    }
    begin();
    json.writePOJO(item.toMap());
  }

  private void begin() {
    if (begun) {
      return;
    }
    begun = true;
    json.writeStartObject();
    head.toMap().forEach(this::field);
    json.writeArrayPropertyStart("items");
  }

  private void field(String name, @Nullable Object value) {
    json.writeName(name);
    json.writePOJO(value);
  }

  /// Ends the document.
  ///
  /// @param tail what stands behind the items
  public void end(Fields tail) {
    if (printer.format() == OutputFormat.YAML) {
      printer.document(head.put("items", gathered).putAll(tail));
      return;
    }
    begin();
    json.writeEndArray();
    tail.toMap().forEach(this::field);
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
