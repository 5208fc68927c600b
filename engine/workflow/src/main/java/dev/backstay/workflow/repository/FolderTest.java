package dev.backstay.workflow.repository;

import dev.backstay.model.StoreOptions;
import dev.backstay.model.Units;
import dev.backstay.workflow.repository.Capability.Answer;
import dev.backstay.workflow.repository.PlaceTest.Holds;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tries what a repository will ask of a folder, in a folder of its own inside it, which it removes
/// again.
final class FolderTest {

  private static final int SIZE = 64 << 10;
  private static final long LITTLE = 2L << 30;
  private static final Duration SKEW = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final List<Capability> found = new ArrayList<>();

  FolderTest(InstantSource clock) {
    this.clock = clock;
  }

  PlaceTest.Report test(Path folder, StoreOptions options) {
    Holds holds = holds(folder);
    Path existing = existing(folder);
    try {
      Path probe = Files.createTempDirectory(existing, ".backstay-test-");
      try {
        found.add(Capability.good("write", "files can be made in " + existing));
        inside(probe);
      } finally {
        remove(probe);
      }
      space(existing);
    } catch (IOException e) {
      missing(
          "write",
          "nothing can be written in " + existing + ": " + reason(e),
          "choose a folder that you may write, or ask for the right");
    }
    return new PlaceTest.Report(holds, List.copyOf(found), options);
  }

  private static Holds holds(Path folder) {
    if (Files.isRegularFile(folder.resolve("config"))) {
      return Holds.REPOSITORY;
    }
    try (var files = Files.list(folder)) {
      return files.findAny().isPresent() ? Holds.OTHER_FILES : Holds.NOTHING;
    } catch (IOException _) {
      return Holds.NOTHING;
    }
  }

  /// The folder itself, or the nearest one above it that is there.
  private static Path existing(Path folder) {
    Path at = folder.toAbsolutePath().normalize();
    while (at.getParent() != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at;
  }

  private void inside(Path probe) throws IOException {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) 0xb5);
    Path file = probe.resolve("a");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes));
      channel.force(true);
    }
    found.add(Capability.good("sync", "written files can be made safe against a power cut"));
    reads(file, bytes);
    exclusive(file);
    renames(file);
    clock(file);
    try (var files = Files.list(probe)) {
      found.add(Capability.good("list", files.count() + " files were listed"));
    }
  }

  private void reads(Path file, byte[] bytes) throws IOException {
    byte[] part = new byte[100];
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      in.seek(SIZE / 2);
      in.readFully(part);
    }
    boolean same =
        Arrays.equals(part, 0, 100, bytes, SIZE / 2, SIZE / 2 + 100)
            && Arrays.equals(Files.readAllBytes(file), bytes);
    if (same) {
      found.add(Capability.good("read", "files and parts of files read back as written"));
    } else {
      missing("read", "a file does not read back as written", "use another disk: this one lies");
    }
  }

  private void exclusive(Path file) throws IOException {
    try {
      Files.createFile(file);
      missing(
          "exclusive",
          "a file could be made over one that is there",
          "several writers would overwrite one another: use another mount option or place");
    } catch (FileAlreadyExistsException _) {
      found.add(Capability.good("exclusive", "nothing is overwritten by mistake"));
    }
  }

  private void renames(Path file) throws IOException {
    Path to = file.resolveSibling("b");
    Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
    Files.move(to, file, StandardCopyOption.ATOMIC_MOVE);
    found.add(Capability.good("rename", "a file appears whole or not at all"));
  }

  private void clock(Path file) throws IOException {
    Duration skew =
        Duration.between(Files.getLastModifiedTime(file).toInstant(), clock.instant()).abs();
    if (skew.compareTo(SKEW) < 0) {
      found.add(Capability.good("clock", "its clock and this machine's agree"));
    } else {
      found.add(
          new Capability(
              "clock",
              Answer.DOUBTFUL,
              "its clock and this machine's differ by " + Units.duration(skew),
              "set both by a time server: locks are judged by their age"));
    }
  }

  private void space(Path folder) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    String detail = Units.bytes(free) + " are free";
    found.add(
        free >= LITTLE
            ? Capability.good("space", detail)
            : new Capability(
                "space", Answer.DOUBTFUL, detail, "make room, or choose another disk"));
  }

  private void missing(String name, String detail, String remedy) {
    found.add(new Capability(name, Answer.MISSING, detail, remedy));
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void remove(Path probe) throws IOException {
    try (var files = Files.list(probe)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(probe);
  }
}
