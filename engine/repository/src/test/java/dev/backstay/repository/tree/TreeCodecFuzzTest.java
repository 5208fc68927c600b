package dev.backstay.repository.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.backstay.model.InvalidInputException;
import dev.backstay.repository.fuzz.Fuzzing;
import java.util.List;

/// Trees: what is read is written the same from then on.
class TreeCodecFuzzTest {

  @FuzzTest
  void decodes(byte[] data) {
    Fuzzing.refusesOrReads(() -> {
      List<Node> nodes = TreeCodec.decode(data, "the tree");
      byte[] written;
      try {
        written = TreeCodec.encode(nodes);
      } catch (InvalidInputException e) {
        return; // a name twice: read as it stands, never written
      }
      assertArrayEquals(written, TreeCodec.encode(TreeCodec.decode(written, "the tree")));
    });
  }
}
