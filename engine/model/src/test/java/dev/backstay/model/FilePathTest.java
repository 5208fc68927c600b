package dev.backstay.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FilePathTest {

  @Test
  void componentsAndParents() {
    FilePath path = FilePath.of("a/b/c");
    assertEquals(3, path.components().size());
    assertEquals(FilePath.of("a/b"), path.parent());
    assertEquals(FilePath.ROOT, FilePath.of("a").parent());
    assertEquals(FilePath.ROOT, FilePath.ROOT.parent());
    assertArrayEquals("c".getBytes(StandardCharsets.UTF_8), path.name());
    assertTrue(FilePath.ROOT.components().isEmpty());
  }

  @Test
  void bytesThatAreNotTextStayAsTheyAre() {
    byte[] odd = {(byte) 0xff, '\n', '"'};
    assertArrayEquals(odd, FilePath.of("dir").resolve(odd).name());
  }

  @Test
  void orderIsByUnsignedBytes() {
    assertTrue(FilePath.of("a").compareTo(FilePath.ofBytes(new byte[] {(byte) 0xff})) < 0);
  }
}
