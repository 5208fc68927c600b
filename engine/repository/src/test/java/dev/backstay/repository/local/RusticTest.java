package dev.backstay.repository.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.local.FolderState.Loss;
import dev.backstay.repository.peer.Peer;
import dev.backstay.repository.snapshot.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// rustic, which writes other JSON than restic does: it reads and checks ours, and its snapshots in
/// our repository are ours to read. Seeds as in [ResticVersionsTest].
@Timeout(3600)
class RusticTest {

  @TempDir Path work;

  @BeforeEach
  void needsLinux() {
    Assumptions.assumeTrue(Posix.available(), "local folders are only read on Linux");
  }

  @AfterEach
  void clean() throws Exception {
    Samples.remove(work);
    Files.createDirectory(work);
  }

  @Test
  void readsOurs() throws Exception {
    for (long seed : DifferentialCase.seeds()) {
      DifferentialCase it = new DifferentialCase(Peer.rustic(), seed, work);
      try (OpenRepository repository = it.init("ours")) {
        Snapshot made = it.backUp(repository);
        it.run("ours", "check", "--read-data");
        Path target = it.place("rustic");
        it.run("ours", "restore", made.id(), target.toString());
        Set<Loss> losses = Set.of(Loss.LINKS_OF_SPECIALS);
        it.same(FolderState.of(it.source(), losses), FolderState.of(it.below(target), losses));
      }
    }
  }

  @Test
  void writesIntoOurs() throws Exception {
    for (long seed : DifferentialCase.seeds()) {
      // Its times are those of its zone.
      Peer rustic = Peer.rustic().with("TZ", seed % 2 == 0 ? "UTC" : "Etc/GMT+9");
      DifferentialCase it = new DifferentialCase(rustic, seed, work);
      try (OpenRepository repository = it.init("ours")) {
        Snapshot made = it.backUp(repository);
        it.run("ours", "backup", it.source().toString());
        Snapshot theirs = repository.snapshot("latest");
        it.whole(repository, 2);
        List<String> listed = it.list(repository, theirs);
        listed.removeIf(line -> line.startsWith("socket "));
        assertEquals(it.list(repository, made), listed, it::toString);
      }
    }
  }
}
