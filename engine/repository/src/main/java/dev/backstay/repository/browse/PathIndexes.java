package dev.backstay.repository.browse;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.backstay.model.CancelToken;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.cache.CacheFolder;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.NodeTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The path indexes of a repository, by root tree: in memory for a while, and as files of this
/// machine's cache. The files are sealed with the repository's key, because names are nobody else's
/// business and a MAC finds whatever happened to them. Safe for use by many threads.
public final class PathIndexes {

  private static final Logger LOG = LoggerFactory.getLogger(PathIndexes.class);
  private static final int MAGIC = 0x50415401; // PAT, version 1
  private static final int HEADER = Integer.BYTES + BlobId.SIZE;
  private static final int LEVEL = 1;
  private static final long KEPT = 256 << 20;
  private static final int REUSED = 2;

  private final @Nullable CacheFolder folder;
  private final CodecPool codecs;
  private final LinkedHashMap<BlobId, PathIndex> kept = new LinkedHashMap<>(16, 0.75f, true);

  /// @param folder null to keep them in memory only
  public PathIndexes(@Nullable CacheFolder folder, CodecPool codecs) {
    this.folder = folder;
    this.codecs = codecs;
  }

  /// Whether a snapshot is indexed.
  public boolean has(Snapshot snapshot) {
    synchronized (this) {
      if (kept.containsKey(snapshot.tree())) {
        return true;
      }
    }
    return folder != null && Files.exists(folder.file(snapshot.tree().hex()));
  }

  /// Indexes a snapshot if it is not yet. May take as long as a walk of it.
  public void build(OpenRepository repository, Snapshot snapshot, CancelToken cancel) {
    if (get(snapshot.tree()).isEmpty()) {
      make(repository, snapshot, cancel);
    }
  }

  Optional<PathIndex> get(BlobId root) {
    synchronized (this) {
      PathIndex known = kept.get(root);
      if (known != null) {
        return Optional.of(known);
      }
    }
    Optional<PathIndex> read = folder == null ? Optional.empty() : read(folder, root);
    read.ifPresent(this::keep);
    return read;
  }

  /// @return nothing if it has too many paths
  Optional<PathIndex> make(OpenRepository repository, Snapshot snapshot, CancelToken cancel) {
    PathIndexBuilder builder = new PathIndexBuilder(reusable());
    Node root = Node.folder("", NodeTime.EPOCH).withSubtree(snapshot.tree());
    repository.walk(root, builder, cancel);
    Optional<PathIndex> made =
        builder.finish().map(records -> new PathIndex(snapshot.tree(), records));
    made.ifPresent(index -> {
      keep(index);
      write(index);
    });
    return made;
  }

  private synchronized void keep(PathIndex index) {
    kept.put(index.root(), index);
    long bytes = kept.values().stream().mapToLong(one -> one.records().length).sum();
    var oldest = kept.values().iterator();
    while (bytes > KEPT && kept.size() > 1) {
      bytes -= oldest.next().records().length;
      oldest.remove();
    }
  }

  /// Those that were used last: most likely they have most folders in common with the next.
  private List<PathIndex> reusable() {
    synchronized (this) {
      if (!kept.isEmpty()) {
        List<PathIndex> last = new ArrayList<>(kept.sequencedValues().reversed());
        return List.copyOf(last.subList(0, Math.min(REUSED, last.size())));
      }
    }
    return folder == null ? List.of() : newest(folder).flatMap(this::get).stream().toList();
  }

  private static Optional<BlobId> newest(CacheFolder folder) {
    Path newest = null;
    FileTime time = FileTime.fromMillis(0);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.file(""))) {
      for (Path file : files) {
        FileTime written = Files.getLastModifiedTime(file);
        if (file.getFileName().toString().length() == 64 && written.compareTo(time) > 0) {
          newest = file;
          time = written;
        }
      }
      return Optional.ofNullable(newest).map(f -> BlobId.parse(f.getFileName().toString()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<PathIndex> read(CacheFolder from, BlobId root) {
    Path file = from.file(root.hex());
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      Optional<PathIndex> index = open(Files.readAllBytes(file), root);
      if (index.isEmpty()) {
        LOG.info("the path index {} does not hold and is made anew", file);
        from.discard(root.hex());
      }
      return index;
    } catch (IOException e) {
      LOG.info("the path index {} cannot be read: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private Optional<PathIndex> open(byte[] sealed, BlobId root) {
    byte[] packed = new byte[Math.max(0, sealed.length - Sealer.OVERHEAD)];
    int size = codecs.with(codec -> codec.open(sealed, packed));
    try {
      if (size < 1) {
        return Optional.empty();
      }
      byte[] plain = Zstd.decompress(packed, (int) Zstd.getFrameContentSize(packed));
      if (plain.length < HEADER
          || ByteBuffer.wrap(plain).getInt() != MAGIC
          || !BlobId.of(plain, Integer.BYTES).equals(root)) {
        return Optional.empty();
      }
      byte[] records = new byte[plain.length - HEADER];
      System.arraycopy(plain, HEADER, records, 0, records.length);
      return Optional.of(new PathIndex(root, records));
    } catch (ZstdException e) {
      return Optional.empty();
    }
  }

  private void write(PathIndex index) {
    if (folder == null) {
      return;
    }
    byte[] plain = new byte[HEADER + index.records().length];
    ByteBuffer.wrap(plain).putInt(MAGIC);
    index.root().put(plain, Integer.BYTES);
    System.arraycopy(index.records(), 0, plain, HEADER, index.records().length);
    byte[] packed = Zstd.compress(plain, LEVEL);
    byte[] sealed = codecs.with(codec -> codec.seal(packed));
    folder.write(
        index.root().hex(),
        to -> {
          ByteBuffer rest = ByteBuffer.wrap(sealed);
          while (rest.hasRemaining()) {
            to.write(rest);
          }
        });
  }

  /// Removes the files of trees that no snapshot has any more.
  ///
  /// @param all snapshots that there are
  public void retain(Collection<Snapshot> all) {
    if (folder == null) {
      return;
    }
    Set<String> living = all.stream().map(s -> s.tree().hex()).collect(Collectors.toSet());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.file(""))) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (name.length() == 64 && !living.contains(name)) {
          folder.discard(name);
        }
      }
    } catch (IOException e) {
      LOG.debug("no path indexes yet", e);
    }
  }
}
