package dev.backstay.repository.prune;

import dev.backstay.model.ConflictException;
import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFile;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// All snapshots, listed twice: an error that looks like an empty listing must not delete anything
/// (restic #4612).
final class SnapshotListing {

  private static final int ENOUGH = 4;

  private SnapshotListing() {}

  /// @throws ConflictException if the second listing lacks what the first one had
  static Set<String> ids(PruneGround ground) {
    Set<String> first = list(ground);
    Set<String> second = list(ground);
    if (!second.containsAll(first)) {
      throw new ConflictException(
          "prune.listing",
          "two listings of the snapshots differ: " + first.size() + " and then " + second.size(),
          "run it again when nobody forgets snapshots; if it stays so, check the storage");
    }
    return second;
  }

  private static Set<String> list(PruneGround ground) {
    return ground.store().list(FileKind.SNAPSHOT).stream()
        .map(file -> file.key().name())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /// @throws DamagedException if one cannot be read: nobody knows what it needs
  static List<Snapshot> load(PruneGround ground, Set<String> ids) {
    List<Snapshot> snapshots = new ArrayList<>();
    for (String id : ids.stream().sorted().toList()) {
      try {
        byte[] json = ground.files().load(new StoreKey(FileKind.SNAPSHOT, id));
        snapshots.add(SnapshotFile.decode(json, id));
      } catch (NotFoundException e) {
        // Forgotten since it was listed.
      } catch (DamagedException e) {
        throw new DamagedException(
            "prune.snapshot-damaged",
            "the snapshot "
                + id
                + " cannot be read, so nobody knows what it needs: nothing is"
                + " deleted",
            "restore its file from a copy of the repository, or delete the file snapshots/" + id,
            e);
      }
    }
    return snapshots;
  }

  /// @param before how many there were when something was last set aside
  /// @throws ConflictException if there are far fewer now and nobody said that this is right
  static void refuseCollapse(long now, long before, boolean packs, PruneOptions options) {
    boolean few = (now == 0 && packs) || (before >= ENOUGH && now < before / 2);
    if (few && !options.fewSnapshots()) {
      throw new ConflictException(
          "prune.few-snapshots",
          "there are "
              + now
              + " snapshots"
              + (before > 0 ? " where there were " + before : "")
              + ": nothing is deleted",
          "look with 'repo snapshots'; if that is right, say --unsafe-few-snapshots");
    }
  }
}
