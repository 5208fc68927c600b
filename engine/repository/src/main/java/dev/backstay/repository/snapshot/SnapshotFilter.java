package dev.backstay.repository.snapshot;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.NotFoundException;
import java.util.Comparator;
import java.util.List;

/// Which snapshots something is done to, with restic's meaning: those named, else all that fit.
///
/// @param ids beginnings of ids, or `latest`; none for all
/// @param hosts any of these; none for all
/// @param tags lists of tags separated by commas: all tags of any list; none for all
/// @param paths all of these among a snapshot's paths
public record SnapshotFilter(
    List<String> ids, List<String> hosts, List<String> tags, List<String> paths) {

  public static final SnapshotFilter ALL =
      new SnapshotFilter(List.of(), List.of(), List.of(), List.of());

  public SnapshotFilter {
    ids = List.copyOf(ids);
    hosts = List.copyOf(hosts);
    tags = List.copyOf(tags);
    paths = List.copyOf(paths);
  }

  /// @param all every snapshot there is
  /// @return in the order of time
  /// @throws NotFoundException if a named one is not there
  /// @throws InvalidInputException if a name is ambiguous
  public List<Snapshot> select(List<Snapshot> all) {
    List<Snapshot> sorted =
        all.stream()
            .sorted(Comparator.comparing(Snapshot::time).thenComparing(Snapshot::id))
            .toList();
    if (ids.isEmpty()) {
      return sorted.stream().filter(this::fits).toList();
    }
    return ids.stream().map(id -> find(id, sorted)).distinct().toList();
  }

  private Snapshot find(String id, List<Snapshot> sorted) {
    List<Snapshot> matches =
        id.equals("latest")
            ? sorted.stream().filter(this::fits).toList().reversed().stream().limit(1).toList()
            : sorted.stream().filter(s -> !id.isEmpty() && s.id().startsWith(id)).toList();
    if (matches.isEmpty()) {
      throw new NotFoundException(
          "repository.no-snapshot",
          "there is no snapshot '" + id + "'",
          "list them with 'repo snapshots'");
    }
    if (matches.size() > 1) {
      throw new InvalidInputException(
          "repository.snapshot-ambiguous",
          matches.size() + " snapshots have an id that begins with '" + id + "'",
          "give more characters of the id");
    }
    return matches.getFirst();
  }

  private boolean fits(Snapshot snapshot) {
    return (hosts.isEmpty() || hosts.contains(snapshot.hostname()))
        && (tags.isEmpty() || tags.stream().anyMatch(list -> tagged(snapshot, list)))
        && snapshot.paths().containsAll(paths);
  }

  private static boolean tagged(Snapshot snapshot, String list) {
    return list.isEmpty()
        ? snapshot.tags().isEmpty()
        : List.of(list.split(",")).stream().allMatch(snapshot.tags()::contains);
  }
}
