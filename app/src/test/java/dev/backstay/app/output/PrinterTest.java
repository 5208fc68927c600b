package dev.backstay.app.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.Redactor;
import dev.backstay.app.console.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PrinterTest {

  private record Thing(String name, long size, Instant time) {}

  private static final Sheet<Thing> SHEET =
      new Sheet<>(
          "Thing",
          List.of(
              Column.of("NAME", Thing::name),
              Column.amount("SIZE", t -> t.size() + " B"),
              Column.wide("TIME", t -> t.time().toString())),
          t -> new Fields().put("name", t.name()).put("size", t.size()).put("time", t.time()),
          t -> "thing/" + t.name());

  private static final List<Thing> THINGS =
      List.of(new Thing("数据", 5, Instant.EPOCH), new Thing("a\nb", 1L << 40, Instant.EPOCH));

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String print(OutputFormat format, List<Thing> things) {
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            Terminal.none(),
            new Redactor());
    new Printer(console, format).list(SHEET, things);
    console.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tablesLineUpInAnyScript() {
    assertEquals(
        """
        NAME              SIZE
        数据               5 B
        a\\nb   1099511627776 B
        """,
        print(OutputFormat.TABLE, THINGS));
  }

  @Test
  void listsHaveItemsBytesAreIntegersAndTimesAreUtc() {
    JsonNode json = JsonMapper.shared().readTree(print(OutputFormat.JSON, THINGS));
    assertEquals("backstay.dev/v1", json.get("apiVersion").asString());
    assertEquals("ThingList", json.get("kind").asString());
    JsonNode item = json.get("items").get(1);
    assertEquals("a\nb", item.get("name").asString());
    assertEquals(1L << 40, item.get("size").asLong());
    assertEquals("1970-01-01T00:00:00Z", item.get("time").asString());
  }

  @Test
  void yamlHasTheSameShape() {
    String yaml = print(OutputFormat.YAML, THINGS.subList(0, 1));
    assertEquals(
        """
        apiVersion: backstay.dev/v1
        kind: ThingList
        items:
        - apiVersion: backstay.dev/v1
          kind: Thing
          name: 数据
          size: 5
          time: '1970-01-01T00:00:00Z'
        """,
        yaml);
  }

  @Test
  void namesAreOneALine() {
    assertEquals("thing/数据\n", print(OutputFormat.NAME, THINGS.subList(0, 1)));
  }

  @Test
  void anEmptyListIsAnEmptyDocumentOrNothing() {
    assertFalse(
        JsonMapper.shared()
            .readTree(print(OutputFormat.JSON, List.of()))
            .get("items")
            .iterator()
            .hasNext());
    out.reset();
    assertEquals("", print(OutputFormat.TABLE, List.of()));
  }

  @Test
  void secretsShowTheirKeysOnly() {
    String masked =
        SecretMask.mask(
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: app
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: '{"data":{"k":"aHVudGVy"}}'
            data:
              k: aHVudGVy
            """
                .getBytes(StandardCharsets.UTF_8));
    assertFalse(masked.contains("aHVudGVy"), masked);
    assertEquals(true, masked.contains("k: '****'"), masked);
  }
}
