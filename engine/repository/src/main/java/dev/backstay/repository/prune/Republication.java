package dev.backstay.repository.prune;

import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.index.IndexFile;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.pack.PackEntry;
import dev.backstay.repository.pack.SealedFiles;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.ObjectStore;
import dev.backstay.repository.tree.TreeReferences;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a writer does before its snapshot, and between it and giving up its lock: if a prune set
/// packs aside while it wrote, those that the snapshot needs go back into the index at once.
///
/// Either the prune's second listing of snapshots, which comes after its candidate file, sees the
/// snapshot; or this listing of candidate files, which comes after the snapshot, sees the file.
public final class Republication {

  private final ObjectStore store;
  private final SealedFiles files;
  private final Set<String> known;
  private final Set<String> broughtBack = new HashSet<>();

  /// @param known the candidate files whose packs this writer took for absent
  public Republication(ObjectStore store, SealedFiles files, Set<String> known) {
    this.store = store;
    this.files = files;
    this.known = new HashSet<>(known);
  }

  /// What the writer can see.
  public interface Blobs {
    /// A tree's plain bytes.
    byte[] tree(BlobId id);

    /// All places of a blob by the index as it is now.
    List<BlobPlace> places(BlobKind kind, BlobId id);

    /// Reads the index as it is now.
    void reload();
  }

  /// Looks at what was set aside since the last time. Not safe for use by many threads.
  ///
  /// @param root of the snapshot
  /// @return how many packs were brought back
  public int bringBack(BlobId root, Blobs blobs) {
    if (HiddenPacks.loadNew(store, files, known).isEmpty()) {
      return 0;
    }
    blobs.reload();
    HiddenPacks hidden = HiddenPacks.load(store, files);
    Set<String> needed = new Walk(blobs, hidden, broughtBack).from(root);
    List<IndexedPack> packs = new ArrayList<>();
    for (CandidateFile file : hidden.files()) {
      file.packs().stream().filter(pack -> needed.remove(pack.id())).forEach(packs::add);
    }
    if (!packs.isEmpty()) {
      files.save(FileKind.INDEX, IndexFile.encode(packs));
      packs.forEach(pack -> broughtBack.add(pack.id()));
    }
    known.addAll(hidden.names());
    return packs.size();
  }

  /// Which hidden packs a snapshot needs.
  private static final class Walk implements TreeReferences.Receiver {
    private final Blobs blobs;
    private final Set<String> hidden;
    private final Map<Handle, Set<String>> places = new HashMap<>();
    private final Set<String> needed = new HashSet<>();
    private final Set<BlobId> seen = new HashSet<>();
    private final Deque<BlobId> todo = new ArrayDeque<>();

    private record Handle(BlobKind kind, BlobId id) {}

    /// @param broughtBack hidden packs that count as any other where the index names them
    Walk(Blobs blobs, HiddenPacks aside, Set<String> broughtBack) {
      this.blobs = blobs;
      hidden = new HashSet<>(aside.packs());
      hidden.removeAll(broughtBack);
      for (CandidateFile file : aside.files()) {
        file.packs().forEach(this::note);
      }
    }

    private void note(IndexedPack pack) {
      for (PackEntry entry : pack.entries()) {
        places
            .computeIfAbsent(new Handle(entry.kind(), entry.id()), _ -> new HashSet<>())
            .add(pack.id());
      }
    }

    Set<String> from(BlobId root) {
      tree(root);
      while (!todo.isEmpty()) {
        BlobId id = todo.removeLast();
        byte[] bytes = blobs.tree(id);
        TreeReferences.scan(bytes, bytes.length, "the tree " + id.shortHex(), this);
      }
      return needed;
    }

    @Override
    public void data(BlobId id) {
      look(BlobKind.DATA, id);
    }

    @Override
    public void tree(BlobId id) {
      if (seen.add(id)) {
        look(BlobKind.TREE, id);
        todo.add(id);
      }
    }

    private void look(BlobKind kind, BlobId id) {
      Set<String> aside = places.get(new Handle(kind, id));
      if (aside != null
          && blobs.places(kind, id).stream().allMatch(place -> hidden.contains(place.pack()))) {
        needed.addAll(aside);
      }
    }
  }
}
