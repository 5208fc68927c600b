package dev.backstay.repository.local;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.OpenRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// A folder with everything a Linux file system can hold that backups get wrong.
final class Samples {

  private Samples() {}

  static void make(Path root) throws Exception {
    String script =
        """
        set -e
        cd "$1"
        mkdir -p plain/deep/er empty sticky
        chmod 1777 sticky; chmod 2750 plain/deep
        printf 'hello\\n' > plain/text; : > plain/empty
        printf x > "quote\\"back\\\\slash'"
        printf x > "$(printf 'new\\nline')"
        printf x > "$(printf 'tab\\tbell\\a')"
        printf x > "$(printf 'rtl\\342\\200\\256mark')"
        printf x > "$(printf 'invalid\\377\\303(')"
        printf x > "<html>&amp;"
        printf x > 'äöü 😀'
        printf x > "$(printf 'a%.0s' $(seq 255))"
        printf x > "-rf"
        ln -s /etc/passwd outside; ln -s ../.. up; ln -s nowhere dangling
        ln -s "$(printf 'bad\\377target')" badtarget
        printf linked > one; ln one two; ln one plain/three
        mkfifo pipe
        truncate -s 20M sparse; printf end >> sparse
        dd if=/dev/zero of=zeros bs=1M count=3 2>/dev/null
        chmod 4755 one; chmod 0400 plain/text
        touch -h -d '2001-02-03 04:05:06.123456789 UTC' outside
        touch -d '1969-12-31 23:59:58.5 UTC' plain/empty
        touch -d '2031-01-01 00:00:00.000000001 UTC' plain/deep
        """;
    run(root, script);
    byte[] big = new byte[12_000_000];
    new Random(7).nextBytes(big);
    java.nio.file.Files.write(root.resolve("random"), big);
    byte[] log = "2026-11-23 some line of a log\n".repeat(90_000).getBytes(StandardCharsets.UTF_8);
    java.nio.file.Files.write(root.resolve("plain/log"), log);
    if (root()) {
      run(
          root,
          """
          cd "$1"
          chown 1234:4321 plain/log; chown -h 77:88 outside
          mknod zero c 1 5; mknod loop b 7 0
          """);
    }
    attributes(root);
  }

  private static void attributes(Path root) throws IOException {
    byte[] path = root.resolve("random").toString().getBytes(StandardCharsets.UTF_8);
    byte[] folder = root.resolve("plain").toString().getBytes(StandardCharsets.UTF_8);
    try {
      Posix.changeAttribute(
          path, "user.note".getBytes(StandardCharsets.US_ASCII), new byte[] {1, 0, -1});
      Posix.changeAttribute(folder, "user.b".getBytes(StandardCharsets.US_ASCII), new byte[] {'b'});
    } catch (PosixException e) {
      // A file system without attributes: the rest is still worth testing.
    }
  }

  static boolean root() {
    return System.getProperty("user.name", "").equals("root");
  }

  static void run(Path folder, String script) throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", script, "bash", folder.toString())
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("script failed: " + out);
    }
  }

  /// Of one folder or file, with the usual options.
  static ArchiveReport backUp(OpenRepository repository, Path source) {
    return new LocalArchiver(repository, InstantSource.system())
        .archive(
            List.of(source),
            new ArchiveOptions(List.of(), List.of(), "host", null),
            new CancelToken(),
            Meter.NONE);
  }

  /// With all that it holds, whatever its names are.
  static void remove(Path folder) throws Exception {
    run(folder, "rm -rf -- \"$1\"");
  }

  /// Everything about a folder's content, one line a file, sorted: equal means equal.
  static String describe(Path root) throws Exception {
    StringBuilder all = new StringBuilder();
    FolderState.of(root)
        .forEach((path, line) ->
            all.append(FolderState.quoted(path.bytes())).append(' ').append(line).append('\n'));
    return all.toString();
  }
}
