package dev.backstay.repository.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which index files name which packs. A pack that no living index file names is gone: its file may
/// still be there, but a prune has chosen it. Not safe for use by several threads.
final class IndexSources {

  private final PackTable packs;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Integer> living = new HashMap<>();
  // Pairs of pack and file beyond the first file of a pack: rare.
  private int[] more = new int[16];
  private int moreCount;
  private final BitSet gone = new BitSet();

  IndexSources(PackTable packs) {
    this.packs = packs;
  }

  /// @return its number
  int add(String name) {
    names.add(name);
    living.put(name, names.size() - 1);
    return names.size() - 1;
  }

  /// Says that an index file names a pack that is known.
  void name(int pack, int file) {
    int source = packs.source(pack);
    if (source == PackTable.OURS || gone.get(pack)) {
      packs.setSource(pack, file);
      gone.clear(pack);
      return;
    }
    if (moreCount == more.length) {
      more = Arrays.copyOf(more, moreCount * 2);
    }
    more[moreCount++] = pack;
    more[moreCount++] = file;
  }

  /// Forgets index files that are no more, and the packs that only they named.
  void drop(Collection<String> vanished) {
    BitSet dead = new BitSet();
    for (String name : vanished) {
      Integer file = living.remove(name);
      if (file != null) {
        dead.set(file);
      }
    }
    if (dead.isEmpty()) {
      return;
    }
    Map<Integer, Integer> others = others(dead);
    for (int pack = 0; pack < packs.size(); pack++) {
      int source = packs.source(pack);
      if (source == PackTable.OURS || !dead.get(source)) {
        continue;
      }
      Integer other = others.get(pack);
      if (other == null) {
        gone.set(pack);
      } else {
        packs.setSource(pack, other);
      }
    }
  }

  /// Keeps the pairs whose file lives.
  private Map<Integer, Integer> others(BitSet dead) {
    Map<Integer, Integer> others = new HashMap<>();
    int kept = 0;
    for (int i = 0; i < moreCount; i += 2) {
      if (!dead.get(more[i + 1])) {
        others.put(more[i], more[i + 1]);
        more[kept++] = more[i];
        more[kept++] = more[i + 1];
      }
    }
    moreCount = kept;
    return others;
  }

  /// Whether no living index file names it and this process did not store it.
  boolean isGone(int pack) {
    return gone.get(pack);
  }

  String nameOf(int file) {
    return names.get(file);
  }

  /// Pairs of pack and file beyond the first file of a pack.
  int[] more() {
    return Arrays.copyOf(more, moreCount);
  }

  /// A copy of the living names.
  Set<String> names() {
    return new HashSet<>(living.keySet());
  }
}
