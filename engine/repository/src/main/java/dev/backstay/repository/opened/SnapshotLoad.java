package dev.backstay.repository.opened;

import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.NotFoundException;
import dev.backstay.repository.opened.IndexLoad.BadFile;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.snapshot.SnapshotFile;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoreKey;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// All snapshots, read anew.
///
/// @param snapshots those that can be read, oldest first
/// @param damaged the others
public record SnapshotLoad(List<Snapshot> snapshots, List<BadFile> damaged) {

  public static SnapshotLoad of(Opened opened, CancelToken cancel) {
    return of(opened, opened.store().list(FileKind.SNAPSHOT), cancel);
  }

  /// @param files some of them
  public static SnapshotLoad of(Opened opened, List<StoredFile> files, CancelToken cancel) {
    List<Snapshot> snapshots = Collections.synchronizedList(new ArrayList<>());
    List<BadFile> damaged = Collections.synchronizedList(new ArrayList<>());
    Crew.each(
        opened.readers(),
        files,
        cancel,
        file -> {
          StoreKey key = file.key();
          try {
            snapshots.add(SnapshotFile.decode(opened.files().load(key), key.name()));
          } catch (NotFoundException e) {
            // Forgotten since it was listed.
          } catch (DamagedException e) {
            damaged.add(new BadFile(key, e));
          }
        });
    return new SnapshotLoad(
        snapshots.stream()
            .sorted(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id))
            .toList(),
        damaged.stream().sorted(Comparator.comparing(bad -> bad.file().name())).toList());
  }
}
