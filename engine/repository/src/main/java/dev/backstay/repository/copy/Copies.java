package dev.backstay.repository.copy;

import dev.backstay.model.CancelToken;
import dev.backstay.repository.opened.Opened;
import dev.backstay.repository.opened.SnapshotLoad;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.store.FileKind;
import dev.backstay.repository.store.StoredFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// The snapshots of the target: which of the source's are among them.
final class Copies {

  private final Opened target;
  private final Set<String> known = new HashSet<>();
  private final Map<String, List<Snapshot>> byOrigin = new HashMap<>();

  Copies(Opened target) {
    this.target = target;
  }

  /// Reads those that came since the last time.
  Copies refresh(CancelToken cancel) {
    List<StoredFile> fresh =
        target.store().list(FileKind.SNAPSHOT).stream()
            .filter(file -> known.add(file.key().name()))
            .toList();
    SnapshotLoad.of(target, fresh, cancel).snapshots().forEach(this::add);
    return this;
  }

  /// By the id it had first, and by its own.
  private void add(Snapshot snapshot) {
    byOrigin.computeIfAbsent(snapshot.id(), _ -> new ArrayList<>()).add(snapshot);
    String original = snapshot.original();
    if (original != null) {
      byOrigin.computeIfAbsent(original, _ -> new ArrayList<>()).add(snapshot);
    }
  }

  /// The id of the copy of a snapshot.
  Optional<String> of(Snapshot snapshot) {
    return byOrigin.getOrDefault(origin(snapshot), List.of()).stream()
        .filter(other -> alike(snapshot, other))
        .map(Snapshot::id)
        .findFirst();
  }

  static String origin(Snapshot snapshot) {
    return Objects.requireNonNullElse(snapshot.original(), snapshot.id());
  }

  /// Everything but parent and original, as restic compares.
  private static boolean alike(Snapshot a, Snapshot b) {
    return a.time().equals(b.time())
        && a.tree().equals(b.tree())
        && a.hostname().equals(b.hostname())
        && a.username().equals(b.username())
        && same(a.paths(), b.paths())
        && same(a.excludes(), b.excludes())
        && same(a.tags(), b.tags());
  }

  private static boolean same(List<String> a, List<String> b) {
    return a.stream().sorted().toList().equals(b.stream().sorted().toList());
  }
}
