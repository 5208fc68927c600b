package dev.backstay.repository;

import dev.backstay.model.CancelToken;
import dev.backstay.model.EngineException;
import dev.backstay.model.Meter;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.check.CheckFinding;
import dev.backstay.repository.check.CheckFinding.Severity;
import dev.backstay.repository.check.CheckOptions;
import dev.backstay.repository.check.CheckReport;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.pack.CodecPool;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.prune.HiddenPacks;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFile;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.store.StoredFile;
import dev.backstay.repository.tree.Node;
import dev.backstay.repository.tree.TreeCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Looks for damage with fresh eyes: its own load of the index, every snapshot, every tree; on
/// demand every byte.
final class Checker {

  private final ObjectStore store;
  private final SealedFiles files;
  private final CodecPool codecs;
  private final int cores;
  private final List<CheckFinding> findings = Collections.synchronizedList(new ArrayList<>());
  private final BlobIndex index = new BlobIndex();
  private final AtomicLong bytesRead = new AtomicLong();
  private @Nullable HiddenPacks hidden;

  Checker(ObjectStore store, SealedFiles files, CodecPool codecs, int cores) {
    this.store = store;
    this.files = files;
    this.codecs = codecs;
    this.cores = cores;
  }

  CheckReport check(CheckOptions options, CancelToken cancel, Meter meter) {
    // Snapshots first: whatever they refer to was indexed before they were written.
    List<StoredFile> snapshots = store.list(FileKind.SNAPSHOT);
    loadIndex(cancel);
    Map<String, Long> sizes = checkPacks();
    Set<BlobId> trees = new HashSet<>();
    BlobReader reader = new BlobReader(store, codecs, checkedIndex());
    for (StoredFile file : snapshots) {
      cancel.checkpoint();
      checkSnapshot(file, reader, trees, cancel, meter);
    }
    if (options.readData()) {
      readPacks(sizes, cancel, meter);
    }
    return new CheckReport(
        snapshots.size(),
        trees.size(),
        index.size(),
        sizes.size(),
        bytesRead.get(),
        List.copyOf(findings));
  }

  /// What could be loaded, without a second look at the store.
  private LoadedIndex checkedIndex() {
    return new LoadedIndex(store, files, new FoundDamage()) {
      @Override
      BlobIndex index() {
        return index;
      }

      @Override
      synchronized void reload() {}

      @Override
      List<BlobPlace> placesAfresh(BlobKind kind, BlobId id) {
        return places(kind, id);
      }
    };
  }

  private void loadIndex(CancelToken cancel) {
    for (StoredFile file : store.list(FileKind.INDEX)) {
      cancel.checkpoint();
      try {
        IndexFile.decode(files.load(file.key()), file.key(), (pack, e) -> add(file, pack, e));
      } catch (NotFoundException e) {
        // Rewritten since it was listed.
      } catch (EngineException e) {
        error("repository.index-damaged", file.key(), String.valueOf(e.getMessage()));
      }
    }
  }

  private void add(StoredFile file, String pack, List<PackEntry> entries) {
    if (!index.add(pack, entries)) {
      hint("repository.pack-indexed-twice", file.key(), "names pack " + pack + " again");
    }
  }

  private Map<String, Long> checkPacks() {
    Map<String, Long> sizes = new HashMap<>();
    store.list(FileKind.PACK).forEach(file -> sizes.put(file.key().name(), file.size()));
    Map<String, Long> indexed = index.packSizes();
    indexed.forEach((pack, size) -> checkPack(pack, size, sizes));
    for (String name : sizes.keySet()) {
      if (!indexed.containsKey(name)) {
        hint(
            "repository.pack-unindexed",
            "data/" + name,
            "is in no index: left by an interrupted backup; a prune removes it");
      }
    }
    return sizes;
  }

  private void checkPack(String pack, long indexed, Map<String, Long> sizes) {
    Long size = sizes.get(pack);
    if (size == null) {
      error("repository.pack-missing", "data/" + pack, "is named by the index and does not exist");
      return;
    }
    if (size != indexed) {
      error(
          "repository.pack-size",
          "data/" + pack,
          "has " + size + " bytes where the index says " + indexed);
    }
  }

  private void checkSnapshot(
      StoredFile file, BlobReader reader, Set<BlobId> seen, CancelToken cancel, Meter meter) {
    Snapshot snapshot;
    try {
      snapshot = SnapshotFile.decode(files.load(file.key()), file.key().name());
    } catch (NotFoundException e) {
      return;
    } catch (EngineException e) {
      error("repository.snapshot-damaged", file.key(), String.valueOf(e.getMessage()));
      return;
    }
    Deque<BlobId> todo = new ArrayDeque<>();
    todo.add(snapshot.tree());
    while (!todo.isEmpty()) {
      cancel.checkpoint();
      BlobId tree = todo.removeLast();
      if (seen.add(tree)) {
        checkTree(snapshot, tree, reader, todo);
        meter.add(1, 0);
      }
    }
  }

  private void checkTree(Snapshot snapshot, BlobId tree, BlobReader reader, Deque<BlobId> todo) {
    String file = "snapshot " + snapshot.shortId();
    List<Node> nodes;
    try {
      nodes = TreeCodec.decode(reader.load(BlobKind.TREE, tree), "the tree " + tree.shortHex());
    } catch (EngineException e) {
      error("repository.tree-damaged", file, String.valueOf(e.getMessage()));
      return;
    }
    Node last = null;
    for (Node node : nodes) {
      if (last != null && last.name().compareTo(node.name()) >= 0) {
        hint("repository.tree-order", file, "tree " + tree + " is not sorted at " + node.name());
      }
      checkNode(file, tree, node, todo);
      last = node;
    }
  }

  private void checkNode(String file, BlobId tree, Node node, Deque<BlobId> todo) {
    BlobId subtree = node.subtree();
    if (node.isFolder()) {
      if (subtree == null) {
        error("repository.subtree-missing", file, "folder " + node.name() + " has no tree");
      } else {
        todo.add(subtree);
      }
    }
    for (BlobId id : node.content()) {
      if (!index.contains(BlobKind.DATA, id) && !setAside(id)) {
        error(
            "repository.blob-missing",
            file,
            "file " + node.name() + " in tree " + tree.shortHex() + " lacks blob " + id);
      }
    }
  }

  /// What a prune set aside and a snapshot needs after all is not lost: the next prune puts it back
  /// into the index.
  private boolean setAside(BlobId id) {
    HiddenPacks packs = hidden;
    if (packs == null) {
      packs = HiddenPacks.load(store, files);
      hidden = packs;
    }
    if (packs.places(BlobKind.DATA, id).isEmpty()) {
      return false;
    }
    hint("repository.blob-set-aside", "data blob " + id, "is in a pack that a prune set aside");
    return true;
  }

  private void readPacks(Map<String, Long> sizes, CancelToken cancel, Meter meter) {
    List<String> packs = index.packs();
    List<List<PackEntry>> entries = index.entriesByPack();
    // Reading a pack and working on it takes turns, so a few more threads than cores.
    try (ExecutorService readers = Executors.newFixedThreadPool(cores + 1)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < packs.size(); i++) {
        String pack = packs.get(i);
        List<PackEntry> blobs = entries.get(i);
        if (sizes.containsKey(pack)) {
          all.add(readers.submit(() -> readPack(pack, blobs, cancel, meter)));
        }
      }
      all.forEach(Checker::await);
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void readPack(String pack, List<PackEntry> blobs, CancelToken cancel, Meter meter) {
    cancel.checkpoint();
    try {
      PackReader reader = new PackReader(store, codecs, pack);
      reader.verify(blobs, problem -> error("repository.pack-damaged", "data/" + pack, problem));
      bytesRead.addAndGet(reader.size());
      meter.add(0, reader.size());
    } catch (EngineException e) {
      if (e instanceof dev.backstay.model.CancelledException) {
        throw e;
      }
      error("repository.pack-damaged", "data/" + pack, String.valueOf(e.getMessage()));
    }
  }

  private void error(String code, Object file, String message) {
    findings.add(new CheckFinding(Severity.ERROR, code, file.toString(), message));
  }

  private void hint(String code, Object file, String message) {
    findings.add(new CheckFinding(Severity.HINT, code, file.toString(), message));
  }
}
