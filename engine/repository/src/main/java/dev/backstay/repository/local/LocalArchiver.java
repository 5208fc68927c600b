package dev.backstay.repository.local;

import dev.backstay.model.CancelToken;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.Meter;
import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.RepositoryWriter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotDraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Backs up folders and files of this machine.
public final class LocalArchiver {

  private final OpenRepository repository;
  private final InstantSource clock;

  public LocalArchiver(OpenRepository repository, InstantSource clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /// Saves the paths with everything below them and commits one snapshot. Files that cannot be read
  /// or change while they are read are failures in the report; the rest goes on.
  ///
  /// @throws InvalidInputException if a path does not exist
  public ArchiveReport archive(
      List<Path> paths, ArchiveOptions options, CancelToken cancel, Meter meter) {
    requireLinux();
    List<Path> targets = paths.stream().map(p -> p.toAbsolutePath().normalize()).toList();
    for (Path target : targets) {
      if (!Files.exists(target, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        throw new InvalidInputException(
            "local.no-such-path", "there is no " + target, "check the path");
      }
    }
    var begun = clock.instant();
    // The lock first: what it protects cannot be pruned while it is built upon.
    try (RepositoryWriter writer = repository.writer();
        ParentMemory memory = ParentMemory.of(repository, options, targets);
        ArchiveRun run =
            new ArchiveRun(
                repository, writer, options, memory.known(), memory.next(), cancel, meter)) {
      BlobId tree = run.save(targets);
      Snapshot parent = options.parent();
      Snapshot snapshot =
          writer.commit(
              new SnapshotDraft(
                  begun,
                  tree,
                  targets.stream().map(Path::toString).toList(),
                  options.hostname(),
                  System.getProperty("user.name", ""),
                  options.excludes(),
                  options.tags(),
                  parent == null ? null : parent.id(),
                  run.counts()));
      memory.keep(snapshot);
      return new ArchiveReport(snapshot, writer.stats(), run.failures());
    }
  }

  static void requireLinux() {
    if (!Posix.available()) {
      throw new UnsupportedException(
          "local.platform",
          "folders of this kind of machine cannot be read or written yet",
          "use restic on the same repository: it is a restic repository");
    }
  }
}
