package dev.backstay.workflow.point;

import dev.backstay.catalog.Catalog;
import dev.backstay.catalog.RestorePointFilter;
import dev.backstay.catalog.RestorePointRow;
import dev.backstay.model.CancelToken;
import dev.backstay.model.DamagedException;
import dev.backstay.model.FilePath;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.NotFoundException;
import dev.backstay.model.RestorePoint;
import dev.backstay.model.UnsupportedException;
import dev.backstay.repository.OpenRepository;
import dev.backstay.repository.snapshot.Snapshot;
import dev.backstay.repository.tree.Node;
import dev.backstay.workflow.repository.RepositorySession;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The restore points of a repository. The repository is the truth: what it lists is shown, and the
/// catalog only saves reading each descriptor again. Safe for use by many threads.
public final class RestorePoints {

  private static final long DESCRIPTOR_LIMIT = 64L << 20;

  private final RepositorySession session;
  private final Catalog catalog;
  private final Map<String, ItemFailure> damaged = new TreeMap<>();

  public RestorePoints(RepositorySession session, Catalog catalog) {
    this.session = session;
    this.catalog = catalog;
  }

  /// All that the filter accepts, newest first; brings the catalog up to date on the way.
  public List<RestorePoint> list(PointFilter filter) {
    return sync().stream()
        .filter(filter::accepts)
        .sorted(Comparator.comparing(RestorePoint::time).reversed())
        .toList();
  }

  /// One restore point.
  ///
  /// @param id the beginning of an id, or `latest` for the newest that the filter accepts and for
  ///   which the whole namespace was asked; only where there is none, the newest of all
  /// @throws NotFoundException if there is none
  /// @throws InvalidInputException if several begin so
  public RestorePoint find(String id, PointFilter filter) {
    boolean latest = id.equals("latest");
    List<RestorePoint> found =
        list(latest ? filter : PointFilter.ALL).stream()
            .filter(point -> latest || point.id().startsWith(id))
            .toList();
    if (found.isEmpty()) {
      throw new NotFoundException(
          "restore-point.not-found",
          "no restore point " + id + " in " + session.location(),
          "'backstay points' lists them");
    }
    if (!latest && found.size() > 1) {
      throw new InvalidInputException(
          "restore-point.ambiguous",
          found.size() + " restore points begin with " + id,
          "give more characters of the id");
    }
    return found.stream().filter(point -> !point.selective()).findFirst().orElse(found.getFirst());
  }

  /// Reads every restore point of the repository again and replaces what the catalog knew of it.
  ///
  /// @return how many there are
  public int rebuild() {
    List<RestorePointRow> rows = new ArrayList<>();
    for (Snapshot snapshot : snapshots()) {
      tryRead(snapshot).ifPresent(rows::add);
    }
    catalog.replaceRestorePoints(session.id(), session.location().text(), rows);
    return rows.size();
  }

  /// Puts a restore point that was just committed into the catalog.
  public void add(Snapshot snapshot) {
    catalog.putRepository(session.id(), session.location().text());
    catalog.putRestorePoint(read(snapshot));
  }

  private List<RestorePoint> sync() {
    Map<String, RestorePointRow> known = new HashMap<>();
    RestorePointFilter mine = RestorePointFilter.ALL.withRepository(session.id());
    boolean doubtful = catalog.rebuildReason().isPresent();
    if (!doubtful) {
      catalog.restorePoints(mine).forEach(row -> known.put(row.point().id(), row));
    }
    List<RestorePointRow> rows = new ArrayList<>();
    boolean changed = doubtful;
    for (Snapshot snapshot : snapshots()) {
      RestorePointRow row = known.remove(snapshot.id());
      changed |= row == null;
      (row == null ? tryRead(snapshot) : Optional.of(row)).ifPresent(rows::add);
    }
    if (changed || !known.isEmpty()) {
      catalog.replaceRestorePoints(session.id(), session.location().text(), rows);
    }
    return rows.stream().map(RestorePointRow::point).toList();
  }

  /// What could not be listed because it is damaged, after a list was asked for.
  public List<ItemFailure> damage() {
    List<ItemFailure> all = new ArrayList<>(session.damage());
    synchronized (damaged) {
      all.addAll(damaged.values());
    }
    return List.copyOf(all);
  }

  /// One damaged restore point must not hide the others.
  private Optional<RestorePointRow> tryRead(Snapshot snapshot) {
    try {
      return Optional.of(read(snapshot));
    } catch (DamagedException | NotFoundException | UnsupportedException e) {
      synchronized (damaged) {
        damaged.put(snapshot.id(), ItemFailure.of("restore point " + snapshot.shortId(), e));
      }
      return Optional.empty();
    }
  }

  private List<Snapshot> snapshots() {
    return session.repository().snapshots().stream()
        .filter(snapshot -> snapshot.tags().contains(Series.TAG))
        .toList();
  }

  /// The descriptor of a restore point.
  public Descriptor descriptor(Snapshot snapshot) {
    OpenRepository repository = session.repository();
    Node node = repository.node(snapshot, FilePath.of(Descriptor.PATH.substring(1)));
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    repository.read(node, 0, DESCRIPTOR_LIMIT, json, new CancelToken());
    return Descriptor.parse(json.toByteArray());
  }

  private RestorePointRow read(Snapshot snapshot) {
    Descriptor descriptor = descriptor(snapshot);
    List<RestorePoint.Volume> volumes =
        descriptor.volumes().stream()
            .map(v ->
                new RestorePoint.Volume(v.pvc(), v.method(), v.consistency(), v.files(), v.bytes()))
            .toList();
    RestorePoint point =
        new RestorePoint(
            snapshot.id(),
            session.id(),
            snapshot.time(),
            descriptor.context(),
            descriptor.cluster(),
            descriptor.namespace(),
            volumes,
            descriptor.manifests(),
            snapshot.tags().contains(Series.PARTIAL),
            snapshot.tags().contains(Series.SELECTIVE),
            descriptor.job());
    return new RestorePointRow(
        point,
        snapshot.summary() == null ? -1 : snapshot.summary().dataAddedPacked(),
        snapshot.parent(),
        snapshot.programVersion(),
        descriptor.warnings());
  }
}
