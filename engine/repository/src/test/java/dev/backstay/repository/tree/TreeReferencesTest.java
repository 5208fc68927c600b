package dev.backstay.repository.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.repository.blob.BlobId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Finds exactly what the full decoder finds.
class TreeReferencesTest {

  private static List<BlobId> scan(byte[] bytes, int length) {
    List<BlobId> ids = new ArrayList<>();
    TreeReferences.scan(
        bytes,
        length,
        "tree",
        new TreeReferences.Receiver() {
          @Override
          public void data(BlobId id) {
            ids.add(id);
          }

          @Override
          public void tree(BlobId id) {
            ids.add(id);
          }
        });
    return ids;
  }

  private static List<BlobId> decoded(byte[] bytes) {
    List<BlobId> ids = new ArrayList<>();
    for (Node node : TreeCodec.decode(bytes, "tree")) {
      ids.addAll(node.content());
      BlobId subtree = node.subtree();
      if (subtree != null) {
        ids.add(subtree);
      }
    }
    return ids;
  }

  private static BlobId id(Random random) {
    return new BlobId(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static byte[] tree(Random random) {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < random.nextInt(8); i++) {
      String odd = List.of("a", "\"content\":[", "\\", "ü\n", "{}[],:").get(random.nextInt(5));
      FilePath name = FilePath.of(odd.replace("/", "") + i);
      if (random.nextBoolean()) {
        nodes.add(Node.folder("x", NodeTime.EPOCH).withSubtree(id(random)).withName(name));
      } else {
        List<BlobId> content = new ArrayList<>();
        for (int k = 0; k < random.nextInt(4); k++) {
          content.add(id(random));
        }
        byte[] value = new byte[random.nextInt(20)];
        random.nextBytes(value);
        nodes.add(
            Node.file("x", NodeTime.EPOCH)
                .withContent(content, random.nextInt())
                .withExtendedAttributes(List.of(new ExtendedAttribute("user.\"subtree\"", value)))
                .withName(name));
      }
    }
    return TreeCodec.encode(nodes);
  }

  @Test
  void findsWhatTheDecoderFinds() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = tree(random);
      assertEquals(decoded(bytes), scan(bytes, bytes.length));
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 10);
      assertEquals(decoded(bytes), scan(longer, bytes.length));
    }
  }

  @Test
  void readsUnusualForms() {
    String id = "ab".repeat(32);
    for (String text :
        List.of(
            "{\"nodes\":[{\"name\":\"a\",\"type\":\"file\",\"content\":[\"" + id + "\"]}]}",
            " { \"x\" : [1,{\"a\\\"\":null}] , \"nodes\" : [ { \"content\" : null , \"subtree\" :"
                + " \""
                + id
                + "\", \"type\":\"dir\",\"name\":\"b\",\"generic_attributes\":{\"w.x\":{\"y\":[true,-1.5e3]}}"
                + " } ] } \n")) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(List.of(BlobId.parse(id)), scan(bytes, bytes.length), text);
    }
    byte[] none = "{\"nodes\":null}".getBytes(StandardCharsets.UTF_8);
    assertEquals(List.of(), scan(none, none.length));
  }

  /// A tree that is cut short or changed is refused, or names all that the decoder would name.
  @Test
  void passesOverNothing() {
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = tree(random);
      int length = bytes.length;
      if (random.nextBoolean()) {
        length = random.nextInt(bytes.length);
      } else {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      List<BlobId> found;
      try {
        found = scan(bytes, length);
      } catch (DamagedException e) {
        refused++;
        continue;
      }
      try {
        assertTrue(found.containsAll(decoded(Arrays.copyOf(bytes, length))));
      } catch (DamagedException e) {
        // The full decoder may be stricter: about names, types and times.
      }
    }
    assertTrue(refused > 1000);
    assertThrows(DamagedException.class, () -> scan(new byte[0], 0));
  }
}
