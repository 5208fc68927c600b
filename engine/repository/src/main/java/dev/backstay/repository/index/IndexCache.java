package dev.backstay.repository.index;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.cache.CacheFolder;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The index of a repository as one sorted file that is mapped and not read: all blobs, and which
/// index files they came from. Those that came later are read beside it, those that vanished are
/// forgotten; it is no truth of its own, and one that does not hold is as if it were not there.
///
/// Layout, little-endian, words of 4 and 8 bytes:
///
/// | bytes | what |
/// |---|---|
/// | 8, 32 | magic with the version; id of the repository |
/// | 8, 8 | length of all that follows the header; how many entries |
/// | 4 × 4 | how many packs, index files, further pairs; bits of the fan |
/// | 4, 4 | CRC-32C of what follows the header; of the header up to here |
/// | 48 each | entries as [Entry] has them, in the order of their ids |
/// | 4 × 2^bits, 4 × 256 | fan: first entry of each bucket; how many entries each part has |
/// | 32, 4, 4 each | packs: ids; how many blobs; number of the index file that names it |
/// | 32, 4 each | names of index files; further pairs of pack and index file |
public final class IndexCache {

  static final long MAGIC = 0x0158_444e_4954_5342L; // BSTINDX, version 1
  static final int HEADER = 80;
  static final int BODY_CRC = 72;
  static final int HEADER_CRC = 76;
  static final String NAME = "index";

  private static final Logger LOG = LoggerFactory.getLogger(IndexCache.class);
  private static final int LARGEST = 1 << 28;

  private final CacheFolder folder;
  private final BlobId repository;

  /// @param repository its id
  public IndexCache(CacheFolder folder, String repository) {
    this.folder = folder;
    this.repository = BlobId.parse(repository);
  }

  /// @return the index as it was written, or nothing if there is none that holds
  public Optional<BlobIndex> read() {
    SharedArena memory = new SharedArena();
    try (FileChannel file = FileChannel.open(folder.file(NAME), StandardOpenOption.READ)) {
      MemorySegment all = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), memory.arena);
      if (holds(all)) {
        BlobIndex index = new BlobIndex();
        new IndexCacheReader(memory, all).into(index);
        return Optional.of(index);
      }
      LOG.info("the cache of the index in {} does not hold and is made anew", folder.file(NAME));
    } catch (NoSuchFileException e) {
      LOG.debug("no cache of the index yet");
    } catch (IOException | RuntimeException | InternalError e) {
      // InternalError: the file became shorter while it was looked at.
      LOG.info("the cache of the index in {} cannot be used", folder.file(NAME), e);
    }
    memory.close();
    return Optional.empty();
  }

  private boolean holds(MemorySegment all) {
    if (all.byteSize() < HEADER
        || all.get(Entry.WORD, 0) != MAGIC
        || crc(all.asSlice(0, HEADER_CRC)) != all.get(SortedBlobs.INT, HEADER_CRC)) {
      return false;
    }
    return repository.equals(id(all, 8))
        && all.get(Entry.WORD, 40) == all.byteSize() - HEADER
        && crc(all.asSlice(HEADER)) == all.get(SortedBlobs.INT, BODY_CRC);
  }

  static int crc(MemorySegment bytes) {
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    for (long at = 0; at < bytes.byteSize(); at += LARGEST) {
      crc.update(bytes.asSlice(at, Math.min(LARGEST, bytes.byteSize() - at)).asByteBuffer());
    }
    return (int) crc.getValue();
  }

  static BlobId id(MemorySegment from, long at) {
    return new BlobId(
        from.get(Entry.WORD, at),
        from.get(Entry.WORD, at + 8),
        from.get(Entry.WORD, at + 16),
        from.get(Entry.WORD, at + 24));
  }

  /// Writes what index files say of an index; what this process stored and has not yet seen in one
  /// is left out.
  ///
  /// @return whether it is there now
  public boolean write(BlobIndex index) {
    return folder.write(
        NAME,
        to ->
            index.frozen(tables -> {
              new IndexCacheWriter(to, repository).write(index, tables);
              return true;
            }));
  }

  /// Removes it.
  public void discard() {
    folder.discard(NAME);
  }
}
