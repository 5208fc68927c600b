package dev.backstay.repository.prune;

import dev.backstay.model.EngineException;
import dev.backstay.model.LockedException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.lock.RepositoryLock;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoreKey;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last looks of a writer at what others did meanwhile, around its snapshot and while it holds
/// its lock.
public final class CommitEnd {

  private static final Logger LOG = LoggerFactory.getLogger(CommitEnd.class);

  private final ObjectStore store;
  private final Republication republication;

  /// @param known the candidate files whose packs the writer took for absent
  public CommitEnd(ObjectStore store, SealedFiles files, Set<String> known) {
    this.store = store;
    republication = new Republication(store, files, known);
  }

  /// Before the snapshot is written, so that whoever is killed right after it leaves nothing that
  /// another tool would not find. It is the look afterwards that counts: a prune may come between.
  ///
  /// @param tree the root of what is to be written
  public void before(BlobId tree, Republication.Blobs blobs) {
    look(tree, blobs);
  }

  /// @param snapshot the id of what was written
  /// @param tree its root
  /// @throws LockedException if the lock was lost: a prune may have deleted what the snapshot
  ///   needs, so it is taken back
  public void after(String snapshot, BlobId tree, RepositoryLock lock, Republication.Blobs blobs) {
    try {
      lock.check();
    } catch (LockedException e) {
      store.delete(new StoreKey(FileKind.SNAPSHOT, snapshot));
      throw e;
    }
    look(tree, blobs);
  }

  private void look(BlobId tree, Republication.Blobs blobs) {
    try {
      republication.bringBack(tree, blobs);
    } catch (EngineException e) {
      // A prune that hides a part of the snapshot finds it before it deletes anything.
      LOG.warn("could not look for what a prune set aside: {}", e.getMessage());
    }
  }
}
