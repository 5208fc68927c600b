package dev.backstay.repository.opened;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.pack.PackBuilder;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Puts sealed blobs into new packs, a fixed number of them in memory. Safe for use by many
/// threads; callers wait while the store is slower than they are.
///
/// Either it writes index files as it goes, so that a run that takes the place of a killed one
/// finds what is stored, or it hands the packs to whoever rewrites the index.
public final class PackWriter implements AutoCloseable {

  private static final int UPLOADS = 2;

  /// One open for trees, two for data, and those on their way.
  private static final int ARRAYS = 3 + UPLOADS;

  /// Stored packs that are in no index file yet: what a killed run loses at most. Many small blobs
  /// fill an index file earlier.
  private static final int MOST = 512;

  private static final int SHARE = 16;

  private final Opened opened;
  private final boolean indexing;
  private final int indexBlobs;
  private final BlobTable pending = new BlobTable();
  private final Semaphore permits = new Semaphore(ARRAYS);
  private final ConcurrentLinkedQueue<byte[]> free = new ConcurrentLinkedQueue<>();
  private final Slot trees = new Slot();
  // Two, so that the size of a pack tells less about its chunks (restic #5291).
  private final List<Slot> data = List.of(new Slot(), new Slot());
  private final ExecutorService uploads =
      Executors.newFixedThreadPool(
          UPLOADS, Thread.ofPlatform().daemon().name("pack-upload-", 0).factory());
  private final AtomicReference<@Nullable EngineException> failure = new AtomicReference<>();
  private List<IndexedPack> unindexed = new ArrayList<>();
  private int unindexedBlobs;
  private long indexed;
  private int underWay;

  private static final class Slot {
    private @Nullable PackBuilder pack;
  }

  /// @param indexing whether index files are written too
  public PackWriter(Opened opened, boolean indexing) {
    this(opened, indexing, IndexWriter.BLOBS);
  }

  /// @param indexBlobs from so many blobs on an index file is closed
  public PackWriter(Opened opened, boolean indexing, int indexBlobs) {
    this.opened = opened;
    this.indexing = indexing;
    this.indexBlobs = indexBlobs;
  }

  /// Whether a blob was not given to this writer yet; from now on it was.
  public boolean claim(BlobKind kind, BlobId id) {
    return pending.add(kind, id);
  }

  /// Compresses, seals and adds plain bytes.
  public BlobId save(BlobKind kind, byte[] plain) {
    BlobId id = opened.codecs().with(codec -> codec.id(plain, 0, plain.length));
    if (claim(kind, id)) {
      // Copied out of the codec, which others wait for while this waits for the store.
      PackBuilder alone =
          opened
              .codecs()
              .with(codec -> {
                BlobCodec.Encoded encoded = codec.encode(kind, plain, 0, plain.length);
                PackBuilder one = PackBuilder.ofOne(encoded.length());
                one.append(kind, id, codec.sealed(), 0, encoded.length(), encoded.plainLength());
                return one;
              });
      PackEntry entry = alone.entries().getFirst();
      append(kind, id, alone.bytes(), 0, entry.length(), entry.plainLength());
    }
    return id;
  }

  /// Adds a blob that was [claimed][#claim] and is sealed with this repository's key.
  ///
  /// @param plain plain bytes if it is compressed, 0 if it is stored raw
  public void append(BlobKind kind, BlobId id, byte[] sealed, int from, int length, int plain) {
    throwFailure();
    if (length > PackBuilder.TARGET) {
      PackBuilder whole = PackBuilder.ofOne(length);
      whole.append(kind, id, sealed, from, length, plain);
      upload(whole);
      return;
    }
    Slot slot = kind == BlobKind.TREE ? trees : data.get((int) (id.a() & 1));
    synchronized (slot) {
      PackBuilder pack = slot.pack;
      if (pack != null && !pack.fits(length)) {
        slot.pack = null;
        upload(pack);
        pack = null;
      }
      if (pack == null) {
        pack = new PackBuilder(take());
        slot.pack = pack;
      }
      pack.append(kind, id, sealed, from, length, plain);
    }
  }

  private byte[] take() {
    permits.acquireUninterruptibly();
    byte[] array = free.poll();
    return array == null ? new byte[PackBuilder.CAPACITY] : array;
  }

  private void give(PackBuilder pack) {
    if (pack.pooled()) {
      free.add(pack.bytes());
      permits.release();
    }
  }

  private void upload(PackBuilder pack) {
    synchronized (this) {
      underWay++;
    }
    uploads.execute(() -> finish(pack));
  }

  private void finish(PackBuilder pack) {
    try {
      if (failure.get() == null) {
        store(pack);
      }
    } catch (EngineException e) {
      failure.compareAndSet(null, e);
    } catch (RuntimeException | Error e) {
      failure.compareAndSet(
          null, new InternalException("repository.upload", "storing a pack failed: " + e, "", e));
    } finally {
      give(pack);
      synchronized (this) {
        underWay--;
        notifyAll();
      }
    }
  }

  private void store(PackBuilder pack) {
    String name = pack.finish(new Sealer(opened.key(), opened.random()));
    opened.store().put(new StoreKey(FileKind.PACK, name), pack.bytes(), 0, pack.size());
    List<IndexedPack> due = List.of();
    synchronized (this) {
      unindexed.add(new IndexedPack(name, pack.entries()));
      unindexedBlobs += pack.entries().size();
      if (indexing && isDue()) {
        due = takeUnindexed();
        indexed += due.size();
      }
    }
    writeIndex(due);
  }

  private boolean isDue() {
    return unindexedBlobs >= indexBlobs || unindexed.size() >= Math.clamp(indexed / SHARE, 1, MOST);
  }

  private List<IndexedPack> takeUnindexed() {
    List<IndexedPack> taken = unindexed;
    unindexed = new ArrayList<>();
    unindexedBlobs = 0;
    return taken;
  }

  private void writeIndex(List<IndexedPack> packs) {
    IndexWriter out = new IndexWriter(opened, indexBlobs);
    packs.forEach(pack -> out.add(pack.id(), pack.entries()));
    out.flush();
  }

  /// Stores everything that was added.
  ///
  /// @return the packs that are in no index file yet: all, or none if this writes them
  public List<IndexedPack> flush(CancelToken cancel) {
    cancel.checkpoint();
    send(trees);
    data.forEach(this::send);
    List<IndexedPack> rest;
    synchronized (this) {
      awaitUploads();
      rest = takeUnindexed();
    }
    throwFailure();
    if (!indexing) {
      return List.copyOf(rest);
    }
    writeIndex(rest);
    return List.of();
  }

  private void send(Slot slot) {
    synchronized (slot) {
      PackBuilder pack = slot.pack;
      slot.pack = null;
      if (pack != null) {
        upload(pack);
      }
    }
  }

  private void awaitUploads() {
    boolean interrupted = false;
    while (underWay > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwFailure() {
    EngineException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  /// Gives up what is not flushed.
  @Override
  public void close() {
    failure.compareAndSet(
        null, new InternalException("repository.writer-closed", "the writer is closed", ""));
    synchronized (this) {
      awaitUploads();
    }
    uploads.close();
  }
}
