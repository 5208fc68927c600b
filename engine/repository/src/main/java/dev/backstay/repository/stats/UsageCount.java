package dev.backstay.repository.stats;

import dev.backstay.model.CancelToken;
import dev.backstay.model.Meter;
import dev.backstay.repository.blob.BlobId;
import dev.backstay.repository.blob.BlobKind;
import dev.backstay.repository.blob.BlobTable;
import dev.backstay.repository.index.BlobIndex;
import dev.backstay.repository.index.BlobPlace;
import dev.backstay.repository.opened.BlobFetcher;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.stats.CompactTrees.Folder;
import dev.backstay.repository.stats.Usage.Amounts;
import dev.backstay.repository.stats.Usage.OfSnapshot;
import dev.backstay.repository.stats.Usage.OfVolume;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Adds up what snapshots and volumes hold, and what of it is theirs alone.
final class UsageCount {

  private static final int NOBODY = 0;
  private static final int SEVERAL = -1;

  private final BlobIndex index;
  private final CompactTrees trees;
  private final CancelToken cancel;
  private final BlobTable blobs;
  private int[] owners = new int[0];

  UsageCount(BlobIndex index, BlobFetcher fetcher, CancelToken cancel, Meter meter) {
    this.index = index;
    this.cancel = cancel;
    blobs = new BlobTable();
    trees = new CompactTrees(fetcher, blobs, cancel, meter);
  }

  Usage of(List<Snapshot> snapshots, long packs) {
    List<Group> bySnapshot = new ArrayList<>();
    Map<String, Group> byVolume = new TreeMap<>();
    for (Snapshot snapshot : snapshots) {
      cancel.checkpoint();
      Group group = new Group("", "");
      group.add(trees.root(snapshot.tree()));
      bySnapshot.add(group);
      volumes(snapshot, byVolume);
    }
    List<OfSnapshot> points = new ArrayList<>();
    List<Amounts> amounts = own(bySnapshot);
    for (int i = 0; i < snapshots.size(); i++) {
      points.add(new OfSnapshot(snapshots.get(i), amounts.get(i)));
    }
    List<Group> groups = List.copyOf(byVolume.values());
    List<Amounts> shares = own(groups);
    List<OfVolume> volumes = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      volumes.add(new OfVolume(group.namespace, group.volume, group.points, shares.get(i)));
    }
    return new Usage(total(bySnapshot), points, volumes, packs);
  }

  private Amounts total(List<Group> snapshots) {
    Group all = new Group("", "");
    snapshots.forEach(all::addAll);
    return all.amounts(0);
  }

  private void volumes(Snapshot snapshot, Map<String, Group> byVolume) {
    String namespace = Objects.requireNonNullElse(snapshot.tag("namespace"), snapshot.hostname());
    trees.volumes(
        snapshot.tree(),
        (volume, part) ->
            byVolume
                .computeIfAbsent(namespace + "/" + volume, _ -> new Group(namespace, volume))
                .add(part));
  }

  /// Of each group its amounts, and how much of it is in no other group.
  private List<Amounts> own(List<Group> groups) {
    owners = new int[blobs.size()];
    for (int i = 0; i < groups.size(); i++) {
      int number = i + 1;
      groups.get(i).used.stream()
          .forEach(blob -> owners[blob] = owners[blob] == NOBODY ? number : SEVERAL);
    }
    List<Amounts> all = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      all.add(groups.get(i).amounts(i + 1));
    }
    return all;
  }

  private final class Group {
    private final String namespace;
    private final String volume;
    private final BitSet used = new BitSet();
    private int points;
    private long files;
    private long logical;

    Group(String namespace, String volume) {
      this.namespace = namespace;
      this.volume = volume;
    }

    void add(Folder folder) {
      points++;
      files += folder.files();
      logical += folder.bytes();
      trees.mark(folder, used);
    }

    void addAll(Group other) {
      files += other.files;
      logical += other.logical;
      used.or(other.used);
    }

    /// @param number as an owner; 0 if all of it is its own
    Amounts amounts(int number) {
      long unique = 0;
      long stored = 0;
      long own = 0;
      long data = 0;
      for (int blob = used.nextSetBit(0); blob >= 0; blob = used.nextSetBit(blob + 1)) {
        BlobKind kind = blobs.kind(blob);
        BlobId id = blobs.id(blob);
        BlobPlace place = RawCount.place(index, kind, id);
        unique += place.size();
        stored += place.length();
        own += number == 0 || owners[blob] == number ? place.length() : 0;
        data += kind == BlobKind.DATA ? 1 : 0;
      }
      return new Amounts(files, logical, unique, stored, own, data, used.cardinality() - data);
    }
  }
}
