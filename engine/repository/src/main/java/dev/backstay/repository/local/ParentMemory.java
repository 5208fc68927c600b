package dev.backstay.repository.local;

import dev.backstay.model.EngineException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.snapshot.Snapshot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The [ParentCache] of one backup and the one that follows it.
///
/// @param known about the parent snapshot; nothing unless that is still listed
/// @param next being written about the snapshot to come
/// @param accounts a fingerprint: names of users and groups stand in trees
record ParentMemory(ParentCache known, ParentCacheWriter next, BlobId accounts)
    implements AutoCloseable {

  /// Call it under the writer's lock.
  static ParentMemory of(OpenRepository repository, ArchiveOptions options, List<Path> targets) {
    BlobId accounts = hash(new Accounts().fingerprint());
    Path file = file(repository, options, targets);
    Snapshot parent = options.parent();
    ParentCache known =
        file == null || parent == null || !listed(repository, parent)
            ? ParentCache.none()
            : ParentCache.load(file, BlobId.parse(parent.id()), accounts);
    return new ParentMemory(known, new ParentCacheWriter(file), accounts);
  }

  private static @Nullable Path file(
      OpenRepository repository, ArchiveOptions options, List<Path> targets) {
    Path cache = options.cache();
    if (cache == null) {
      return null;
    }
    String paths = String.join("\n", targets.stream().map(Path::toString).sorted().toList());
    BlobId name = hash(repository.id() + "\n" + options.hostname() + "\n" + paths);
    return cache.resolve("parents").resolve(name.hex());
  }

  private static boolean listed(OpenRepository repository, Snapshot parent) {
    try {
      return repository.snapshot(parent.id()).tree().equals(parent.tree());
    } catch (EngineException e) {
      return false;
    }
  }

  private static BlobId hash(String text) {
    return BlobId.of(Listing.sha256().digest(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  void keep(Snapshot snapshot) {
    next.keep(BlobId.parse(snapshot.id()), accounts);
  }

  @Override
  public void close() {
    next.close();
  }
}
