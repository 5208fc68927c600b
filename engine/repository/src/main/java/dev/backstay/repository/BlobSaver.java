package dev.backstay.repository;

import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.pack.BlobCodec;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.PackBuilder;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.seal.MasterKey;
import dev.backstay.repository.seal.Sealer;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/// Puts blobs into packs, packs into the store, and what is stored into the index: always in this
/// order.
///
/// A blob counts as saved for others only when an index file names it. Until then it is pending
/// here, and dies with this writer.
final class BlobSaver implements AutoCloseable {

  /// Packs that are filled at once: two for data, one for trees.
  private static final int OPEN = 3;

  private static final boolean SMALL_HEAP = Runtime.getRuntime().maxMemory() < 512L << 20;
  private static final int FEWEST_UPLOADS = 2;
  private static final int MOST_UPLOADS = 4;

  private final ObjectStore store;
  private final SealedFiles files;
  private final CodecPool codecs;
  private final BlobIndex index;
  private final MasterKey key;
  private final SecureRandom random;
  private final OtherWriters others;

  private record Handle(BlobKind kind, BlobId id) {}

  private final Set<Handle> pending = ConcurrentHashMap.newKeySet();
  private final Set<String> ownIndexFiles = ConcurrentHashMap.newKeySet();
  private final BufferPool arrays;
  // Arrays of blobs that waited for room, used again: one for each thread that saves at most.
  private final Queue<byte[]> copies = new ConcurrentLinkedQueue<>();
  private final PackSlot tree = new PackSlot();
  // Two, so that the size of a pack tells less about the sizes of neighbouring chunks (restic
  // #5291).
  private final List<PackSlot> data = List.of(new PackSlot(), new PackSlot());
  private final ExecutorService uploads;
  private final AtomicReference<@Nullable EngineException> failure = new AtomicReference<>();

  private final LongAdder dataBlobs = new LongAdder();
  private final LongAdder treeBlobs = new LongAdder();
  private final LongAdder dataAdded = new LongAdder();
  private final LongAdder dataAddedPacked = new LongAdder();

  // Read by who saves, written by who flushes: a blob is announced before it is in a pack.
  private final ReadWriteLock saving = new ReentrantReadWriteLock();
  private final Object uploading = new Object();
  private int underWay;
  private final IndexRhythm rhythm = new IndexRhythm(Duration.ofSeconds(30));
  private List<IndexedPack> unindexed = new ArrayList<>();

  BlobSaver(
      ObjectStore store,
      CodecPool codecs,
      BlobIndex index,
      MasterKey key,
      SecureRandom random,
      OtherWriters others) {
    this(
        store,
        codecs,
        index,
        key,
        random,
        others,
        Executors.newFixedThreadPool(
            uploads(store), Thread.ofPlatform().daemon().name("pack-upload-", 0).factory()));
  }

  /// The longer the way, the more connections a store is glad of: two packs do not fill a long one.
  private static int uploads(ObjectStore store) {
    return Math.clamp(store.capabilities().connections() / 4, FEWEST_UPLOADS, MOST_UPLOADS);
  }

  /// @param others what they have stored is not stored again
  /// @param uploads runs what stores packs; closed with this
  BlobSaver(
      ObjectStore store,
      CodecPool codecs,
      BlobIndex index,
      MasterKey key,
      SecureRandom random,
      OtherWriters others,
      ExecutorService uploads) {
    this.uploads = uploads;
    this.store = store;
    // In a small heap no pack is filled while another of its kind is on its way.
    arrays = new BufferPool(PackBuilder.CAPACITY, OPEN + (SMALL_HEAP ? 0 : uploads(store)));
    this.codecs = codecs;
    this.files = new SealedFiles(store, codecs);
    this.index = index;
    this.key = key;
    this.random = random;
    this.others = others;
  }

  /// @param fresh whether the repository did not have it
  record Saved(BlobId id, boolean fresh) {}

  Saved save(BlobKind kind, byte[] bytes, int from, int length) {
    throwFailure();
    saving.readLock().lock();
    try {
      Step step = codecs.with(codec -> save(codec, kind, bytes, from, length));
      SealedBlob waiting = step.waiting;
      if (waiting != null) {
        append(waiting, arrays.take());
        copies.add(waiting.bytes);
      }
      return step.saved;
    } catch (EngineException e) {
      throw failed(e);
    } finally {
      saving.readLock().unlock();
    }
  }

  /// @param waiting what found no room, copied out of the codec: others need that while this waits
  ///   for the store
  private record Step(Saved saved, @Nullable SealedBlob waiting) {}

  private Step save(BlobCodec codec, BlobKind kind, byte[] bytes, int from, int length) {
    BlobId id = codec.id(bytes, from, length);
    Handle handle = new Handle(kind, id);
    if (!pending.add(handle)) {
      return new Step(new Saved(id, false), null);
    }
    if (index.contains(kind, id)) {
      pending.remove(handle);
      return new Step(new Saved(id, false), null);
    }
    BlobCodec.Encoded encoded = codec.encode(kind, bytes, from, length);
    SealedBlob blob = new SealedBlob(handle, codec.sealed(), encoded);
    boolean appended = append(blob, null);
    (kind == BlobKind.DATA ? dataBlobs : treeBlobs).increment();
    dataAdded.add(length);
    dataAddedPacked.add(encoded.length());
    return new Step(new Saved(id, true), appended ? null : copy(blob));
  }

  private SealedBlob copy(SealedBlob blob) {
    byte[] used = copies.poll();
    byte[] bytes = used == null || used.length < blob.length() ? new byte[blob.length()] : used;
    System.arraycopy(blob.bytes, 0, bytes, 0, blob.length());
    return new SealedBlob(blob.handle, bytes, blob.encoded);
  }

  boolean has(BlobKind kind, BlobId id) {
    return pending.contains(new Handle(kind, id)) || index.contains(kind, id);
  }

  /// Puts a blob into a pack.
  ///
  /// @param spare for a pack to begin; given back if it is not needed. Null to take one that is
  ///   free
  /// @return false if none is
  private boolean append(SealedBlob blob, byte @Nullable [] spare) {
    if (blob.length() > PackBuilder.TARGET) {
      PackBuilder whole = PackBuilder.ofOne(blob.length());
      blob.appendTo(whole);
      upload(whole);
      return true;
    }
    PackSlot slot = slot(blob.handle);
    synchronized (slot) {
      PackBuilder pack = withRoom(slot, blob.length());
      if (pack == null) {
        byte[] array = spare == null ? arrays.tryTake() : spare;
        if (array == null) {
          return false;
        }
        pack = new PackBuilder(array);
        slot.pack = pack;
      } else if (spare != null) {
        arrays.give(spare);
      }
      blob.appendTo(pack);
      return true;
    }
  }

  private PackSlot slot(Handle blob) {
    return blob.kind == BlobKind.TREE ? tree : data.get((int) (blob.id.a() & 1));
  }

  /// The open pack; one that is full goes to the store.
  private @Nullable PackBuilder withRoom(PackSlot slot, int length) {
    PackBuilder pack = slot.pack;
    if (pack == null || pack.fits(length)) {
      return pack;
    }
    slot.pack = null;
    upload(pack);
    return null;
  }

  private static final class PackSlot {
    private @Nullable PackBuilder pack;
  }

  private static final class SealedBlob {
    private final Handle handle;
    private final byte[] bytes;
    private final BlobCodec.Encoded encoded;

    /// @param bytes begins with it
    SealedBlob(Handle handle, byte[] bytes, BlobCodec.Encoded encoded) {
      this.handle = handle;
      this.bytes = bytes;
      this.encoded = encoded;
    }

    int length() {
      return encoded.length();
    }

    void appendTo(PackBuilder pack) {
      pack.append(handle.kind, handle.id, bytes, 0, length(), encoded.plainLength());
    }
  }

  private void upload(PackBuilder pack) {
    synchronized (uploading) {
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
      failed(e);
    } catch (RuntimeException | Error e) {
      failed(new InternalException("repository.upload", "storing a pack failed: " + e, "", e));
    } finally {
      if (pack.pooled()) {
        arrays.give(pack.bytes());
      }
      synchronized (uploading) {
        underWay--;
        uploading.notifyAll();
      }
    }
  }

  private void store(PackBuilder pack) {
    int size = pack.size();
    ObjectStore.Turn turn = store.turn(size);
    leaveOutWhatOthersStored(pack);
    turn.giveBack(size - pack.size());
    if (!pack.entries().isEmpty()) {
      put(pack);
    }
  }

  /// Looks once more, as late as can be: many writers that begin together come to the same files
  /// together.
  private void leaveOutWhatOthersStored(PackBuilder pack) {
    if (others.look(ownIndexFiles) > 0) {
      synchronized (uploading) {
        rhythm.company();
      }
    }
    for (PackEntry entry : pack.remove(entry -> index.contains(entry.kind(), entry.id()))) {
      pending.remove(new Handle(entry.kind(), entry.id()));
      (entry.kind() == BlobKind.DATA ? dataBlobs : treeBlobs).decrement();
      dataAdded.add(-entry.size());
      dataAddedPacked.add(-entry.length());
    }
  }

  private void put(PackBuilder pack) {
    String name = pack.finish(new Sealer(key, random));
    StoreKey file = new StoreKey(FileKind.PACK, name);
    store.put(file, pack.bytes(), 0, pack.size());
    List<IndexedPack> due = List.of();
    synchronized (uploading) {
      unindexed.add(new IndexedPack(name, pack.entries()));
      if (rhythm.due(unindexed.size())) {
        due = unindexed;
        unindexed = new ArrayList<>();
      }
    }
    writeIndex(due);
  }

  private void writeIndex(List<IndexedPack> packs) {
    if (packs.isEmpty()) {
      return;
    }
    ownIndexFiles.add(files.save(FileKind.INDEX, IndexFile.encode(packs)));
    for (IndexedPack pack : packs) {
      index.add(pack.id(), pack.entries());
      pack.entries().forEach(entry -> pending.remove(new Handle(entry.kind(), entry.id())));
    }
  }

  /// Stores everything that was saved before this call, and whatever is being saved: of that,
  /// another thread may have been told that it is there.
  void flush() {
    saving.writeLock().lock();
    try {
      uploadOpenPacks();
    } finally {
      saving.writeLock().unlock();
    }
    List<IndexedPack> rest;
    synchronized (uploading) {
      awaitUploads();
      rest = unindexed;
      unindexed = new ArrayList<>();
    }
    throwFailure();
    try {
      writeIndex(rest);
    } catch (EngineException e) {
      throw failed(e);
    }
  }

  private void awaitUploads() {
    boolean interrupted = false;
    while (underWay > 0) {
      try {
        uploading.wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void uploadOpenPacks() {
    PackBuilder first = takePack(data.get(0));
    PackBuilder second = takePack(data.get(1));
    if (first != null && second != null && first.fits(second.size())) {
      first.append(second);
      arrays.give(second.bytes());
      second = null;
    }
    uploadIfAny(first);
    uploadIfAny(second);
    uploadIfAny(takePack(tree));
  }

  private void uploadIfAny(@Nullable PackBuilder pack) {
    if (pack != null) {
      upload(pack);
    }
  }

  private static @Nullable PackBuilder takePack(PackSlot slot) {
    synchronized (slot) {
      PackBuilder pack = slot.pack;
      slot.pack = null;
      return pack;
    }
  }

  void throwFailure() {
    EngineException first = failure.get();
    if (first != null) {
      throw first;
    }
  }

  private EngineException failed(EngineException e) {
    failure.compareAndSet(null, e);
    return e;
  }

  WriterStats stats() {
    return new WriterStats(
        dataBlobs.sum(), treeBlobs.sum(), dataAdded.sum(), dataAddedPacked.sum());
  }

  /// Gives up what is not flushed.
  @Override
  public void close() {
    failure.compareAndSet(
        null, new InternalException("repository.writer-closed", "the writer is closed", ""));
    synchronized (uploading) {
      awaitUploads();
    }
    uploads.shutdown();
  }
}
