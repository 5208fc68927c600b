package dev.backstay.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The launcher in a copy of the built program. Tagged as what runs on the built program is.
@Tag("cluster")
class LauncherTest {

  @TempDir Path folder;

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static String version(Path program) throws Exception {
    Process process =
        new ProcessBuilder(program.resolve("bin/backstay").toString(), "version")
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), out);
    return out;
  }

  /// The JVM would complain on standard output, in the middle of what `-o json` prints.
  @Test
  void anAotCacheThatDoesNotFitIsPassedOverInSilence() throws Exception {
    BuiltProgram.in(folder);
    Path program = folder.resolve("program");
    copy(BuiltProgram.home(), program);
    String right = version(program);
    assertTrue(right.startsWith("backstay "), right);
    Path jar = program.resolve("lib/backstay-app.jar");
    Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000));
    assertEquals(right, version(program));
    Path cache = program.resolve("lib/backstay.aot");
    for (byte[] content : new byte[][] {{}, "no cache".getBytes(StandardCharsets.US_ASCII)}) {
      Files.write(cache, content);
      assertEquals(right, version(program));
    }
    Files.delete(cache);
    assertEquals(right, version(program));
  }
}
