package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {

  @TempDir Path work;

  @Test
  void namesAreUtf8AndTheFirstCounts() throws Exception {
    Path file = work.resolve("passwd");
    String text =
        "root:x:0:0:root:/root:/bin/sh\njürgen:x:1000:1000::/:\nother:x:1000:::\n+nis\n\n";
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    assertEquals(Map.of(0L, "root", 1000L, "jürgen"), Accounts.read(file));
  }

  @Test
  void whatIsNoTextIsReadPast() throws Exception {
    Path file = work.resolve("passwd");
    Files.write(
        file, "j\u00fcrgen:x:1000:1000:::\nroot:x:0:0:::\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(Map.of(0L, "root", 1000L, "j\ufffdrgen"), Accounts.read(file));
    assertEquals(Map.of(), Accounts.read(work.resolve("nowhere")));
  }
}
