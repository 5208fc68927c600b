package dev.backstay.repository.prune;

import dev.backstay.model.DamagedException;
import dev.backstay.repository.blob.BlobKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Decides what becomes of each pack of the index, as restic does: what nothing needs goes, what is
/// partly needed is repacked, worst first, until little enough is left unused.
///
/// Of a blob with several copies one is needed; only copies in packs that are there count.
final class PackChoice {

  /// What becomes of a pack.
  enum Fate {
    /// Not of the index, or not looked at.
    NONE,
    KEEP,
    REPACK,
    REMOVE,
    /// It is missing and nobody needs it: the index drops it.
    DROP,
    /// It was set aside and is needed: the index gets it back.
    BRING_BACK
  }

  private static final int SMALL_AT_LEAST = 10;
  private static final long SMALL_FLOOR = 4L << 20;
  private static final long TARGET = 16L << 20;
  private static final int NAMED = 3;

  private final PackTable table;
  private final UsedBlobs used;
  private final Map<String, Long> sizes;
  private final PruneOptions options;

  private final Fate[] fates;

  /// The one copy of each needed blob that counts.
  private final BitSet needed = new BitSet();

  private final BitSet withData = new BitSet();
  private final BitSet withTrees = new BitSet();
  private final byte[] copies;
  private final long[] usedBytes;
  private final long[] unusedBytes;
  private final int[] usedCount;
  private final int[] unusedCount;
  private final int[] duplicateCount;

  private long usedBlobs;
  private long duplicateBlobs;
  private long unusedBlobs;
  private long usedTotal;
  private long duplicateTotal;
  private long unusedTotal;
  private long removeBytes;
  private long repackBytes;
  private long repackFreed;

  /// @param sizes of the packs that are there
  PackChoice(PackTable table, UsedBlobs used, Map<String, Long> sizes, PruneOptions options) {
    this.table = table;
    this.used = used;
    this.sizes = sizes;
    this.options = options;
    int packs = table.packCount();
    fates = new Fate[packs];
    Arrays.fill(fates, Fate.NONE);
    copies = new byte[table.size()];
    usedBytes = new long[packs];
    unusedBytes = new long[packs];
    usedCount = new int[packs];
    unusedCount = new int[packs];
    duplicateCount = new int[packs];
  }

  /// @throws DamagedException if a needed blob has no copy in a pack that is there and whole
  PackChoice decide() {
    countCopies();
    bringBack();
    sumUp();
    chooseCopies();
    List<Integer> partly = new ArrayList<>();
    List<Integer> small = new ArrayList<>();
    long smallBelow = smallBelow();
    for (int pack = 0; pack < fates.length; pack++) {
      if (table.visible(pack)) {
        fates[pack] = fate(pack, smallBelow, partly, small);
      }
    }
    repackWorst(partly, small, smallBelow);
    return this;
  }

  Fate fate(int pack) {
    return pack < fates.length ? fates[pack] : Fate.NONE;
  }

  /// What was to go stays.
  void keep(int pack) {
    fates[pack] = Fate.KEEP;
  }

  /// Whether the index names it and will go on to do so; packs that came since the choice do.
  boolean stays(int pack) {
    return table.visible(pack) && (fate(pack) == Fate.KEEP || fate(pack) == Fate.NONE);
  }

  /// Whether this entry is to be copied when its pack is repacked.
  boolean toCopy(int entry) {
    return needed.get(entry)
        && !table.anyCopy(table.blob(entry), copy -> fate(table.pack(copy)) == Fate.KEEP);
  }

  private boolean whole(int pack) {
    Long size = sizes.get(table.name(pack));
    return size != null && size == table.bytes(pack);
  }

  private void countCopies() {
    for (int pack = 0; pack < fates.length; pack++) {
      if (table.visible(pack) && whole(pack)) {
        for (int entry = table.begin(pack); entry < table.end(pack); entry++) {
          int blob = table.blob(entry);
          if (used.get(blob) && copies[blob] < Byte.MAX_VALUE) {
            copies[blob]++;
          }
        }
      } else if (table.visible(pack)) {
        fates[pack] = sizes.containsKey(table.name(pack)) ? Fate.REMOVE : Fate.DROP;
      }
    }
  }

  /// What is needed and only stands in packs that were set aside: all of these come back, so that
  /// two prunes at once cannot each rely on the other's copy.
  private void bringBack() {
    List<String> lost = new ArrayList<>();
    for (int blob = 0; blob < copies.length; blob++) {
      if (copies[blob] == 0 && used.get(blob) && table.blob(blob) == blob && !bringBack(blob)) {
        lost.add(table.kind(blob).word() + " " + table.id(blob) + where(blob));
      }
    }
    if (!lost.isEmpty()) {
      throw new DamagedException(
          "prune.pack-missing",
          "snapshots need "
              + lost.size()
              + " blobs whose packs are missing or have a wrong size, such as "
              + lost.subList(0, Math.min(NAMED, lost.size()))
              + ": nothing is deleted",
          "restore the packs from a copy of the repository, or run 'repo repair index' and then"
              + " forget or repair the snapshots that 'repo check' names");
    }
  }

  private boolean bringBack(int blob) {
    boolean[] found = {false};
    table.anyCopy(
        blob,
        copy -> {
          int pack = table.pack(copy);
          if (table.state(pack) == PackTable.State.HIDDEN && whole(pack)) {
            fates[pack] = Fate.BRING_BACK;
            found[0] = true;
          }
          return false;
        });
    return found[0];
  }

  private String where(int blob) {
    String[] pack = {""};
    table.anyCopy(
        blob,
        copy -> {
          pack[0] = " in pack " + table.name(table.pack(copy));
          return true;
        });
    return pack[0];
  }

  private boolean counts(int pack) {
    return table.visible(pack) && fates[pack] == Fate.NONE;
  }

  private void sumUp() {
    for (int pack = 0; pack < fates.length; pack++) {
      if (counts(pack)) {
        for (int entry = table.begin(pack); entry < table.end(pack); entry++) {
          count(pack, entry);
        }
      }
    }
  }

  private void count(int pack, int entry) {
    (table.kind(entry) == BlobKind.DATA ? withData : withTrees).set(pack);
    int blob = table.blob(entry);
    int length = table.length(entry);
    if (used.get(blob) && copies[blob] == 1) {
      needed.set(entry);
      usedBytes[pack] += length;
      usedCount[pack]++;
      usedBlobs++;
      usedTotal += length;
      return;
    }
    unusedBytes[pack] += length;
    unusedCount[pack]++;
    if (used.get(blob)) {
      duplicateCount[pack]++;
      duplicateBlobs++;
      duplicateTotal += length;
    } else {
      unusedBlobs++;
      unusedTotal += length;
    }
  }

  /// Of several copies the first that stands among needed blobs, or in a pack of nothing but copies
  /// (an interrupted prune leaves such); else the last.
  private void chooseCopies() {
    for (int pack = 0; pack < fates.length; pack++) {
      if (counts(pack) && duplicateCount[pack] > 0) {
        for (int entry = table.begin(pack); entry < table.end(pack); entry++) {
          chooseCopy(pack, entry);
        }
      }
    }
  }

  private void chooseCopy(int pack, int entry) {
    boolean worthy = usedCount[pack] > 0 || duplicateCount[pack] == unusedCount[pack];
    int blob = table.blob(entry);
    if (!used.get(blob) || copies[blob] <= 0 || needed.get(entry)) {
      return;
    }
    if (!worthy && copies[blob] > 1) {
      copies[blob]--;
      return;
    }
    copies[blob] = -1;
    needed.set(entry);
    int length = table.length(entry);
    usedBytes[pack] += length;
    unusedBytes[pack] -= length;
    usedCount[pack]++;
    unusedCount[pack]--;
    usedBlobs++;
    usedTotal += length;
    duplicateBlobs--;
    duplicateTotal -= length;
  }

  private Fate fate(int pack, long smallBelow, List<Integer> partly, List<Integer> small) {
    if (fates[pack] != Fate.NONE) {
      return fates[pack];
    }
    if (usedCount[pack] == 0) {
      removeBytes += unusedBytes[pack];
      return Fate.REMOVE;
    }
    boolean data = onlyData(pack);
    if (options.cacheableOnly() && data) {
      return Fate.KEEP;
    }
    if (unusedCount[pack] > 0 || mixed(pack)) {
      partly.add(pack);
    } else if (table.bytes(pack) < smallBelow) {
      small.add(pack);
    }
    return Fate.KEEP;
  }

  private boolean onlyData(int pack) {
    return !withTrees.get(pack);
  }

  private boolean mixed(int pack) {
    return withTrees.get(pack) && withData.get(pack);
  }

  private long smallBelow() {
    if (options.repackSmall()) {
      return TARGET * 4 / 5;
    }
    long[] all = sizes.values().stream().mapToLong(Long::longValue).sorted().toArray();
    long third = all.length == 0 ? 0 : all[all.length * 3 / 100];
    return Math.min(TARGET, Math.max(SMALL_FLOOR, third)) * 4 / 5;
  }

  private void repackWorst(List<Integer> partly, List<Integer> small, long smallBelow) {
    List<Integer> candidates = new ArrayList<>(partly);
    if (small.size() >= SMALL_AT_LEAST) {
      candidates.addAll(small);
    }
    candidates.sort(
        Comparator.comparing(this::onlyData)
            .thenComparing(pack -> table.bytes(pack) >= smallBelow)
            .thenComparingDouble(pack -> -share(pack)));
    long most = options.maxUnused().of(usedTotal);
    for (int pack : candidates) {
      long bytes = usedBytes[pack] + unusedBytes[pack];
      boolean littleLeft = unusedLeft() < most;
      boolean large = table.bytes(pack) >= smallBelow;
      if (repackBytes + bytes > options.maxRepackBytes()
          || (onlyData(pack) && littleLeft && large)) {
        continue;
      }
      fates[pack] = Fate.REPACK;
      repackBytes += bytes;
      repackFreed += unusedBytes[pack];
    }
  }

  private double share(int pack) {
    return (double) unusedBytes[pack] / Math.max(1, usedBytes[pack] + unusedBytes[pack]);
  }

  private long unusedLeft() {
    return duplicateTotal + unusedTotal - removeBytes - repackFreed;
  }

  /// @param more figures that are not of packs in the index
  PruneFigures figures(More more) {
    Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
    long broken = 0;
    for (int pack = 0; pack < fates.length; pack++) {
      counts.merge(fates[pack], 1, Integer::sum);
      if (fates[pack] == Fate.REMOVE && usedCount[pack] + unusedCount[pack] == 0) {
        broken += sizes.getOrDefault(table.name(pack), 0L);
      }
    }
    return new PruneFigures(
        more.snapshots(),
        usedBlobs,
        duplicateBlobs,
        unusedBlobs,
        usedTotal,
        duplicateTotal,
        unusedTotal,
        Stream.of(Fate.KEEP, Fate.REPACK, Fate.REMOVE, Fate.DROP)
            .mapToInt(fate -> counts.getOrDefault(fate, 0))
            .sum(),
        counts.getOrDefault(Fate.KEEP, 0),
        counts.getOrDefault(Fate.REPACK, 0),
        counts.getOrDefault(Fate.REMOVE, 0),
        more.strayPacks(),
        repackBytes,
        repackFreed,
        removeBytes + broken,
        more.strayBytes(),
        more.ripePacks(),
        more.ripeBytes(),
        more.restingPacks(),
        more.restingBytes(),
        unusedLeft());
  }

  /// What the choice does not see.
  record More(
      long snapshots,
      long strayPacks,
      long strayBytes,
      long ripePacks,
      long ripeBytes,
      long restingPacks,
      long restingBytes) {}

  /// The packs of a fate.
  List<Integer> packs(Fate fate) {
    List<Integer> packs = new ArrayList<>();
    for (int pack = 0; pack < fates.length; pack++) {
      if (fates[pack] == fate) {
        packs.add(pack);
      }
    }
    return packs;
  }
}
