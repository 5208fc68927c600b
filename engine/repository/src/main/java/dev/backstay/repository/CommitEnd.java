package dev.backstay.repository;

import dev.backstay.model.EngineException;
import dev.backstay.model.LockedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.prune.Republication;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last look of a writer at what others did meanwhile, after its snapshot is written and while
/// it holds its lock.
class CommitEnd {

  private static final Logger LOG = LoggerFactory.getLogger(CommitEnd.class);

  private final ObjectStore store;
  private final LoadedIndex index;
  private final BlobReader blobs;
  private final Republication republication;

  /// @param known the candidate files whose packs the writer took for absent
  CommitEnd(
      ObjectStore store,
      SealedFiles files,
      LoadedIndex index,
      BlobReader blobs,
      Set<String> known) {
    this.store = store;
    this.index = index;
    this.blobs = blobs;
    republication = new Republication(store, files, known);
  }

  /// @throws LockedException if the lock was lost: a prune may have deleted what the snapshot
  ///   needs, so it is taken back
  void after(Snapshot snapshot, RepositoryLock lock) {
    try (Seen seen = new Seen()) {
      lock.check();
      republication.afterCommit(snapshot.tree(), seen);
    } catch (LockedException e) {
      store.delete(new StoreKey(FileKind.SNAPSHOT, snapshot.id()));
      throw e;
    } catch (EngineException e) {
      // The snapshot is there, and whatever prune hides a part of it finds it before it deletes.
      LOG.warn("could not look for what a prune set aside: {}", e.getMessage());
    }
  }

  private final class Seen implements Republication.Blobs, AutoCloseable {

    private BlobIndex now = new BlobIndex();

    @Override
    public byte[] tree(BlobId id) {
      return blobs.load(BlobKind.TREE, id);
    }

    @Override
    public List<BlobPlace> places(BlobKind kind, BlobId id) {
      return now.findAll(kind, id);
    }

    @Override
    public void reload() {
      now.close();
      now = index.afresh();
    }

    @Override
    public void close() {
      now.close();
    }
  }
}
