package dev.backstay.repository.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The quick reader against the one that knows all of JSON.
class IndexParserTest {

  private static final String ID = "0123456789abcdef".repeat(4);

  private static final String CANONICAL =
      """
      {"packs":[{"id":"ID","blobs":[{"id":"ID","type":"data","offset":0,"length":38,\
      "uncompressed_length":36},{"id":"ID","type":"tree","offset":38,"length":4294967}]},\
      {"id":"ID","blobs":[{"id":"ID","type":"data","offset":4294967295,"length":32}]}]}\
      """
          .replace("ID", ID);

  private static Object slow(byte[] json) {
    try {
      ParsedIndex parsed = new ParsedIndex();
      IndexFile.decode(json, "x", (pack, entries) -> parsed.add(BlobId.parse(pack), entries));
      return text(parsed);
    } catch (DamagedException e) {
      return "damaged";
    }
  }

  private static Object quick(byte[] json) {
    try {
      return text(IndexParser.parse(json, "x"));
    } catch (DamagedException e) {
      return "damaged";
    }
  }

  private static String text(ParsedIndex parsed) {
    StringBuilder text = new StringBuilder();
    for (int pack = 0; pack < parsed.packs(); pack++) {
      text.append(parsed.packId(pack)).append(parsed.blobs(pack)).append(' ');
    }
    long[] entries = Arrays.copyOf(parsed.entries(), parsed.size() * Entry.WORDS);
    return text + Arrays.toString(entries);
  }

  @Example
  void otherShapesOfTheSame() {
    byte[] canonical = CANONICAL.getBytes(StandardCharsets.US_ASCII);
    Object wanted = slow(canonical);
    assertEquals(wanted, quick(canonical));
    for (String other :
        new String[] {
          CANONICAL + "\n",
          CANONICAL.replace(",", ", "),
          CANONICAL.replace("{\"packs\"", "{\"supersedes\":[\"" + ID + "\"],\"packs\""),
          CANONICAL.replace("\"length\":32}", "\"length\":32,\"new\":{\"x\":[1.5,null]}}"),
          CANONICAL.replace("\"type\":\"data\",\"offset\":0", "\"offset\":0,\"type\":\"data\"")
        }) {
      assertEquals(wanted, quick(other.getBytes(StandardCharsets.US_ASCII)), other);
    }
    assertArrayEquals(
        new int[] {0, 0},
        new int[] {
          IndexParser.parse("{\"packs\":[]}".getBytes(StandardCharsets.US_ASCII), "x").size(),
          IndexParser.parse("{\"packs\":null}".getBytes(StandardCharsets.US_ASCII), "x").size()
        });
  }

  @Property(tries = 20_000)
  void neverReadsAnythingElse(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] json = CANONICAL.getBytes(StandardCharsets.US_ASCII);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      int at = random.nextInt(json.length);
      switch (random.nextInt(4)) {
        case 0 -> json[at] = (byte) random.nextInt(256);
        case 1 -> json[at] = (byte) "\"{}[],:0123456789abcdefA \n\\".charAt(random.nextInt(27));
        case 2 -> json = Arrays.copyOf(json, at);
        default -> {
          byte[] longer = Arrays.copyOf(json, json.length + 1);
          System.arraycopy(json, at, longer, at + 1, json.length - at);
          json = longer;
        }
      }
      if (json.length == 0) {
        break;
      }
    }
    assertEquals(slow(json), quick(json), new String(json, StandardCharsets.ISO_8859_1));
  }
}
