package dev.backstay.repository.prune;

import dev.backstay.model.NotFoundException;
import dev.backstay.repository.index.IndexFile.IndexedPack;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Takes packs out of the index: new files first, then the old ones go. Files that name none of
/// them stay as they are, unless several name the same packs or there are many small ones.
final class IndexRewrite {

  private static final int SMALL = 200;
  private static final int MANY = 20;

  private final PruneGround ground;
  private final StrictIndex index;
  private final Set<Integer> without;
  private final Runnable confirm;

  /// @param without numbers of packs
  /// @param confirm throws if this prune has lost its right to go on
  IndexRewrite(PruneGround ground, StrictIndex index, Set<Integer> without, Runnable confirm) {
    this.ground = ground;
    this.index = index;
    this.without = without;
    this.confirm = confirm;
  }

  void run() {
    List<String> old = affected();
    if (old.isEmpty()) {
      return;
    }
    Set<Integer> stay = new LinkedHashSet<>();
    old.forEach(name -> stay.addAll(packs(name)));
    stay.removeAll(without);
    PackTable table = index.table();
    List<IndexedPack> packs = new ArrayList<>();
    for (int pack : stay) {
      if (table.visible(pack)) {
        packs.add(new IndexedPack(table.name(pack), table.entries(pack)));
      }
    }
    confirm.run();
    IndexWriting.write(ground, packs);
    confirm.run();
    old.forEach(this::delete);
  }

  private List<String> affected() {
    List<String> affected = new ArrayList<>();
    List<String> small = new ArrayList<>();
    Set<String> overlapping = index.overlapping();
    for (Map.Entry<String, int[]> source : index.sources().entrySet()) {
      if (overlapping.contains(source.getKey())
          || packs(source.getKey()).stream().anyMatch(without::contains)) {
        affected.add(source.getKey());
      } else if (blobs(source.getKey()) < SMALL) {
        small.add(source.getKey());
      }
    }
    if (!affected.isEmpty() && small.size() >= MANY) {
      affected.addAll(small);
    }
    return affected;
  }

  /// By their numbers of now: parts of a pack may have come together since the file was read.
  private Set<Integer> packs(String source) {
    Set<Integer> packs = new LinkedHashSet<>();
    for (int pack : index.sources().getOrDefault(source, new int[0])) {
      packs.add(index.table().number(index.table().name(pack)));
    }
    return packs;
  }

  private int blobs(String source) {
    int blobs = 0;
    for (int pack : packs(source)) {
      blobs += index.table().end(pack) - index.table().begin(pack);
    }
    return blobs;
  }

  private void delete(String name) {
    try {
      ground.store().delete(new StoreKey(FileKind.INDEX, name));
    } catch (NotFoundException e) {
      // Nobody else may delete it but who took this prune for dead; what it said is in ours.
    }
  }
}
