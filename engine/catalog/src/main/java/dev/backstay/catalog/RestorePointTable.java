package dev.backstay.catalog;

import dev.backstay.model.ClusterIdentity;
import dev.backstay.model.ItemFailure;
import dev.backstay.model.RestorePoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/// Restore points, their volumes and warnings as rows.
final class RestorePointTable {

  private final Handle handle;

  RestorePointTable(Handle handle) {
    this.handle = handle;
  }

  void put(RestorePointRow row) {
    putAll(List.of(row));
  }

  void putAll(Collection<RestorePointRow> rows) {
    for (RestorePointRow row : rows) {
      remove(row.point().repository(), row.point().id());
    }
    if (rows.isEmpty()) {
      return;
    }
    insertPoints(rows);
    insertVolumes(rows);
    insertWarnings(rows);
  }

  private void insertPoints(Collection<RestorePointRow> rows) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO restore_point (repository_id, id, taken, context, cluster_id, server_id, namespace,
              manifests, partial, selective, job_id, added_bytes, parent, program_version, volume_count,
              warning_count)
            VALUES (:repository, :id, :taken, :context, :cluster, :server, :namespace, :manifests,
              :partial, :selective, :job, :added, :parent, :program, :volumes, :warnings)
            """);
    for (RestorePointRow row : rows) {
      RestorePoint p = row.point();
      batch
          .bind("repository", p.repository())
          .bind("id", p.id())
          .bind("taken", Values.nanos(p.time()))
          .bind("context", Values.cut(p.context(), 10_000))
          .bind("cluster", Values.cut(p.clusterId(), 10_000))
          .bind("server", Values.cut(p.cluster().server(), 100))
          .bind("namespace", Values.cut(p.namespace(), 10_000))
          .bind("manifests", p.manifests())
          .bind("partial", p.partial())
          .bind("selective", p.selective())
          .bind("job", Values.cut(p.job(), 100))
          .bind("added", row.addedBytes())
          .bind("parent", Values.cutOrNull(row.parent(), 100))
          .bind("program", Values.cut(row.programVersion(), 1000))
          .bind("volumes", p.volumes().size())
          .bind("warnings", kept(row).size())
          .add();
    }
    batch.execute();
  }

  private void insertVolumes(Collection<RestorePointRow> rows) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO restore_point_volume (repository_id, restore_point_id, seq, pvc, method,
              consistency, files, bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """);
    for (RestorePointRow row : rows) {
      int seq = 0;
      for (RestorePoint.Volume v : row.point().volumes()) {
        batch.add(
            row.point().repository(),
            row.point().id(),
            seq++,
            Values.cut(v.pvc(), 1000),
            Values.cut(v.method(), 1000),
            Values.cut(v.consistency(), 1000),
            v.files(),
            v.bytes());
      }
    }
    batch.execute();
  }

  private void insertWarnings(Collection<RestorePointRow> rows) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO restore_point_warning (repository_id, restore_point_id, seq, item, code,
              message, remedy)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """);
    for (RestorePointRow row : rows) {
      int seq = 0;
      for (ItemFailure w : kept(row)) {
        batch.add(
            row.point().repository(),
            row.point().id(),
            seq++,
            Values.cut(w.item(), 10_000),
            Values.cut(w.code(), 1000),
            Values.cut(w.message(), 10_000),
            Values.cut(w.remedy(), 10_000));
      }
    }
    batch.execute();
  }

  private static List<ItemFailure> kept(RestorePointRow row) {
    return row.warnings().stream().limit(Catalog.ITEMS_KEPT).toList();
  }

  void remove(String repository, String id) {
    handle.execute("DELETE FROM restore_point WHERE repository_id = ? AND id = ?", repository, id);
    for (String table : List.of("restore_point_volume", "restore_point_warning")) {
      handle.execute(
          "DELETE FROM " + table + " WHERE repository_id = ? AND restore_point_id = ?",
          repository,
          id);
    }
  }

  void removeAll(String repository) {
    for (String table : List.of("restore_point", "restore_point_volume", "restore_point_warning")) {
      handle.execute("DELETE FROM " + table + " WHERE repository_id = ?", repository);
    }
  }

  List<RestorePointRow> list(RestorePointFilter filter) {
    Selection selection = Selection.of(filter);
    Map<Key, List<RestorePoint.Volume>> volumes = new HashMap<>();
    selection
        .query(handle, "v.*", "JOIN restore_point_volume v ON " + joined("v"), "v.seq")
        .map((row, _) ->
            volumes.computeIfAbsent(Key.of(row), _ -> new ArrayList<>()).add(volume(row)))
        .list();
    Map<Key, List<ItemFailure>> warnings = new HashMap<>();
    selection
        .query(handle, "w.*", "JOIN restore_point_warning w ON " + joined("w"), "w.seq")
        .map((row, _) ->
            warnings.computeIfAbsent(Key.of(row), _ -> new ArrayList<>()).add(Values.item(row)))
        .list();
    return selection
        .query(handle, "p.*", "", "p.taken DESC, p.id")
        .setMaxRows(filter.limit() == Integer.MAX_VALUE ? 0 : filter.limit())
        .map((row, _) -> point(row, volumes, warnings))
        .list();
  }

  private static String joined(String alias) {
    return "%1$s.repository_id = p.repository_id AND %1$s.restore_point_id = p.id".formatted(alias);
  }

  private static RestorePoint.Volume volume(ResultSet row) throws SQLException {
    return new RestorePoint.Volume(
        row.getString("pvc"),
        row.getString("method"),
        row.getString("consistency"),
        row.getLong("files"),
        row.getLong("bytes"));
  }

  private static RestorePointRow point(
      ResultSet row,
      Map<Key, List<RestorePoint.Volume>> volumes,
      Map<Key, List<ItemFailure>> warnings)
      throws SQLException {
    Key key = new Key(row.getString("repository_id"), row.getString("id"));
    RestorePoint point =
        new RestorePoint(
            key.id(),
            key.repository(),
            Values.instant(row.getLong("taken")),
            row.getString("context"),
            new ClusterIdentity(row.getString("cluster_id"), row.getString("server_id")),
            row.getString("namespace"),
            List.copyOf(volumes.getOrDefault(key, List.of())),
            row.getLong("manifests"),
            row.getBoolean("partial"),
            row.getBoolean("selective"),
            row.getString("job_id"));
    return new RestorePointRow(
        point,
        row.getLong("added_bytes"),
        row.getString("parent"),
        row.getString("program_version"),
        warnings.getOrDefault(key, List.of()));
  }

  private record Key(String repository, String id) {
    static Key of(ResultSet row) throws SQLException {
      return new Key(row.getString("repository_id"), row.getString("restore_point_id"));
    }
  }

  /// A filter as conditions on `restore_point p` with their values.
  private record Selection(List<String> conditions, Map<String, Object> values) {

    static Selection of(RestorePointFilter filter) {
      Selection selection = new Selection(new ArrayList<>(), new HashMap<>());
      selection.add("p.repository_id = :repository", "repository", filter.repositoryId());
      selection.add("left(p.id, length(:prefix)) = :prefix", "prefix", filter.idPrefix());
      selection.add("p.context = :context", "context", filter.context());
      selection.add("p.cluster_id = :cluster", "cluster", filter.clusterId());
      selection.add("p.namespace = :namespace", "namespace", filter.namespace());
      selection.add(
          "EXISTS (SELECT 1 FROM restore_point_volume x WHERE x.pvc = :pvc AND "
              + joined("x")
              + ")",
          "pvc",
          filter.pvc());
      selection.add("p.taken >= :since", "since", Values.nanosOrNull(filter.from()));
      return selection;
    }

    private void add(
        String condition, String name, @org.jspecify.annotations.Nullable Object value) {
      if (value != null) {
        conditions.add(condition);
        values.put(name, value);
      }
    }

    Query query(Handle handle, String columns, String join, String order) {
      String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
      String sql =
          "SELECT %s FROM restore_point p %s%s ORDER BY %s".formatted(columns, join, where, order);
      return handle.createQuery(sql).bindMap(values);
    }
  }
}
