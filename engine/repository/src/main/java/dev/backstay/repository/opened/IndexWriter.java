package dev.backstay.repository.opened;

import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.store.FileKind;
import java.util.ArrayList;
import java.util.List;

/// Fills index files up to the size at which restic closes one. Not safe for use by many threads.
final class IndexWriter {

  static final int BLOBS = 50_000;

  private final Opened opened;
  private final int most;
  private List<IndexedPack> packs = new ArrayList<>();
  private int blobs;

  IndexWriter(Opened opened) {
    this(opened, BLOBS);
  }

  /// @param most blobs from which on a file is closed
  IndexWriter(Opened opened, int most) {
    this.opened = opened;
    this.most = most;
  }

  /// @param pack must be stored already
  void add(String pack, List<PackEntry> entries) {
    packs.add(new IndexedPack(pack, entries));
    blobs += entries.size();
    if (blobs >= most) {
      flush();
    }
  }

  /// Writes what is left.
  void flush() {
    if (!packs.isEmpty()) {
      opened.files().save(FileKind.INDEX, IndexFile.encode(packs));
      packs = new ArrayList<>();
      blobs = 0;
    }
  }
}
