package dev.backstay.repository;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.prune.Republication;
import java.util.List;

/// What a writer sees of its repository when it has committed: trees as it knows them, places as
/// the index has them now.
final class SeenBlobs implements Republication.Blobs, AutoCloseable {

  private final LoadedIndex index;
  private final BlobReader blobs;
  private BlobIndex now = new BlobIndex();

  SeenBlobs(LoadedIndex index, BlobReader blobs) {
    this.index = index;
    this.blobs = blobs;
  }

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
