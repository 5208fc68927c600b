package dev.backstay.repository.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The quick reader of trees against the one that knows all of JSON.
class TreeScannerTest {

  private static BlobId id(Random random) {
    return new BlobId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static NodeTime time(Random random) {
    long seconds =
        random.nextInt(3) == 0
            ? random.nextLong(-62_167_219_200L, 253_402_300_799L)
            : random.nextLong(1_700_000_000, 1_800_000_000);
    int nanos = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000_000);
    return new NodeTime(seconds, nanos, random.nextInt(3) == 0 ? random.nextInt(-700, 700) : 0);
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static Node node(Random random, int number) {
    List<NodeType> types = List.of(NodeType.values());
    NodeType type = types.get(random.nextInt(types.size()));
    NodeTime modified = time(random);
    List<BlobId> content = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0 && type == NodeType.FILE; i--) {
      content.add(id(random));
    }
    boolean odd = random.nextInt(4) == 0;
    return new Node(
        FilePath.of(number + text(random, odd ? "a\"\\\n\u0007ä😀<&\u202e" : "abc-._ 1")),
        type,
        random.nextInt() & 0xffffffffL,
        modified,
        random.nextBoolean() ? modified : time(random),
        time(random),
        random.nextInt(70_000),
        random.nextInt(3),
        random.nextBoolean() ? "" : text(random, odd ? "ü\"x" : "xy"),
        random.nextBoolean() ? "" : "staff",
        random.nextLong(),
        random.nextInt(3),
        type == NodeType.FILE ? random.nextLong(1L << 50) : 0,
        random.nextInt(3),
        type == NodeType.SYMLINK ? FilePath.of(text(random, odd ? "ä/\"" : "a/.")) : null,
        odd ? List.of(new ExtendedAttribute("user.x", new byte[] {1, 2})) : List.of(),
        odd ? Map.of("windows.creation_time", "\"AAA=\"") : Map.of(),
        type == NodeType.DEV ? random.nextInt(300) : 0,
        List.copyOf(content),
        type == NodeType.DIR ? id(random) : null,
        random.nextInt(10) == 0 ? "cannot be read" : "",
        unknown(random, type));
  }

  private static Map<String, String> unknown(Random random, NodeType type) {
    Map<String, String> unknown = new TreeMap<>();
    if (type == NodeType.OTHER) {
      unknown.put("type", random.nextBoolean() ? "\"door\"" : "\"\\u0064oor\"");
    }
    if (random.nextInt(10) == 0) {
      unknown.put("colour", random.nextBoolean() ? "null" : "{ \"a\" : [1.5e3] }");
    }
    return Map.copyOf(unknown);
  }

  private static byte[] tree(Random random, int count) {
    Map<FilePath, Node> nodes = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      Node node = node(random, i);
      nodes.put(node.name(), node);
    }
    return TreeCodec.encode(List.copyOf(nodes.values()));
  }

  private static Object slow(byte[] json) {
    try {
      return TreeCodec.decodeAny(new JsonReader(json, "x"), "x");
    } catch (DamagedException e) {
      return "damaged";
    }
  }

  private static Object quick(byte[] json) {
    try {
      return TreeCodec.decode(json, "x");
    } catch (DamagedException e) {
      return "damaged";
    }
  }

  @Property(tries = 500)
  void readsWhatIsWritten(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] json = tree(random, random.nextInt(30));
    List<Node> nodes = TreeCodec.decode(json, "x");
    assertEquals(slow(json), nodes);
    assertEquals(new String(json, StandardCharsets.UTF_8), written(nodes));
  }

  private static String written(List<Node> nodes) {
    return new String(TreeCodec.encode(nodes), StandardCharsets.UTF_8);
  }

  @Property(tries = 20_000)
  void neverReadsAnythingElse(@ForAll long seed) {
    Random random = new Random(seed);
    byte[] json = tree(random, random.nextInt(1, 4));
    for (int i = random.nextInt(1, 3); i > 0 && json.length > 1; i--) {
      int at = random.nextInt(json.length);
      switch (random.nextInt(4)) {
        case 0 -> json[at] = (byte) random.nextInt(128);
        case 1 ->
            json[at] = (byte) "\"{}[],:0123456789abcdefnuZ+-. \n\\".charAt(random.nextInt(32));
        case 2 -> json = Arrays.copyOf(json, at);
        default -> json[at] = '\\';
      }
    }
    assertEquals(slow(json), quick(json), new String(json, StandardCharsets.UTF_8));
  }

  @Example
  void emptyAndForeignTrees() {
    for (String tree :
        new String[] {
          "{\"nodes\":[]}\n",
          "{\"nodes\":null}",
          "{ \"nodes\" : [ ] }",
          "{\"nodes\":[]}x",
          "{\"nodes\":[",
          "",
          "{\"future\":1,\"nodes\":[{\"type\":\"file\",\"name\":\"a\"}]}"
        }) {
      byte[] json = tree.getBytes(StandardCharsets.US_ASCII);
      assertEquals(slow(json), quick(json), tree);
    }
  }
}
