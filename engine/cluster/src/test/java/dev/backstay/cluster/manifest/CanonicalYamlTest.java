package dev.backstay.cluster.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.cluster.connection.Json;
import dev.backstay.model.DamagedException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class CanonicalYamlTest {

  private static String text(JsonNode object) {
    return new String(CanonicalYaml.write(object), StandardCharsets.UTF_8);
  }

  private static void roundTrips(String value) {
    ObjectNode object = Json.object();
    object.put("value", value);
    object.put(value, "key");
    object.putArray("list").add(value).addArray().add(value);
    assertEquals(object, CanonicalYaml.read(CanonicalYaml.write(object)), () -> text(object));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "~",
        "null",
        "Null",
        "true",
        "yes",
        "No",
        "ON",
        "off",
        "y",
        "N",
        "0",
        "08",
        "1e3",
        "0x1F",
        "0o17",
        "1_000",
        "1:20",
        ".5",
        ".inf",
        "-.INF",
        ".nan",
        "2020-01-01",
        "-",
        "- a",
        "a: b",
        "a:",
        "a #b",
        "#a",
        "&a",
        "*a",
        "!a",
        "|",
        ">",
        "%a",
        "@a",
        "`a",
        "{a}",
        "[a]",
        "'",
        "\"",
        "\\",
        "a\\nb",
        "<<",
        "=",
        "?",
        "? a",
        "---",
        "...",
        "a,b",
        "10Gi",
        "1.2.3",
        "http://a.b/c?d=e#f",
        "a\tb",
        "a\rb",
        "a\u0085b",
        "a\u2028b",
        "\uFEFFa",
        "a\u202Eb",
        "\u0000",
        "\u007f",
        "ümläut",
        "日本",
        "😀",
        "a b  c",
        "trailing ",
        ": a",
        "key: |",
        "12e03",
        "+1",
        "-0",
        "1.",
        "0b1",
        "190:20:30",
        "1e400",
        "_1",
        "0_",
        "NaN",
        "Infinity"
      })
  void stringsStayStrings(String value) {
    roundTrips(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\n",
        "a\n\n",
        "a\nb\n\n\n",
        "\na",
        "\n",
        "\n\n",
        " a\nb",
        "a\n b\n",
        "a\n  \nb",
        "a\n\t\nb",
        "a\n\tb",
        "a\r\nb",
        "a\n# no comment\n---\n...\n",
        "a \nb ",
        "a\n ",
        "a\n\n ",
        "#!/bin/sh\nset -e\necho \"a: b\"\n",
        "a\n\u2028b",
        "{\n  \"a\": 1\n}\n",
        "a\n\nb\n"
      })
  void linesStayAsTheyAre(String value) {
    roundTrips(value);
  }

  @Test
  void randomTextRoundTrips() {
    Random random = new Random(7);
    String alphabet = "ab \n\t:#-'\"\\{}[],&*?|>%@`0159.eE+_~yn\r\u0085é\u2028";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder value = new StringBuilder();
      int length = random.nextInt(9);
      for (int c = 0; c < length; c++) {
        value.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      roundTrips(value.toString());
    }
  }

  @Test
  void structureAndNumbersRoundTrip() {
    JsonNode object =
        Json.MAPPER.readTree(
            """
            {"kind":"X","z":[[],[[1]],{},{"a":{},"b":[]},[{"c":1},2]],"metadata":{"name":"n"},
             "apiVersion":"v1","a":{"b":{"c":null,"d":true,"e":-5,"f":12345678901,"g":1.50,
             "h":123456789012345678901234567890,"i":1E+30,"j":0.1}},"m":[{"t":"a\\nb","u":"c"}]}
            """);
    assertEquals(object, CanonicalYaml.read(CanonicalYaml.write(object)), () -> text(object));
    assertTrue(text(object).startsWith("apiVersion: v1\nkind: X\nmetadata:\n  name: \"n\"\na:\n"));
  }

  @Test
  void sameObjectGivesSameBytes() {
    JsonNode one = Json.MAPPER.readTree("{\"b\":1,\"a\":{\"d\":1,\"c\":2}}");
    JsonNode two = Json.MAPPER.readTree("{\"a\":{\"c\":2,\"d\":1},\"b\":1}");
    assertEquals(text(one), text(two));
  }

  @Test
  void longKeysRoundTrip() {
    ObjectNode object = Json.object();
    object.putObject("a").put("k".repeat(3000), "v").putArray("l".repeat(3000)).add(1);
    assertEquals(object, CanonicalYaml.read(CanonicalYaml.write(object)));
  }

  @Test
  void hostileYamlIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i)).append("*a%d,".formatted(i - 1).repeat(10));
      bomb.setLength(bomb.length() - 1);
      bomb.append("]\n");
    }
    refused(bomb.toString());
    refused("[".repeat(100_000));
    refused("a: ".repeat(3) + "{".repeat(5_000));
    refused("- a\n- b\n");
    refused("");
    refused("a: *b\n");
    refused("a: &a [*a]\n");
    refused("? [a]\n: b\n");
    refused("a: \"unclosed");
  }

  private static void refused(String yaml) {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    assertThrows(DamagedException.class, () -> CanonicalYaml.read(bytes));
  }

  @Test
  void emptyCollectionsInItems() {
    ArrayNode items = Json.object().putArray("x");
    items.addObject();
    items.addArray();
    ObjectNode object = Json.object();
    object.set("x", items);
    assertEquals("x:\n- {}\n- []\n", text(object));
  }
}
