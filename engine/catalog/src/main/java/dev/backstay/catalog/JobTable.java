package dev.backstay.catalog;

import dev.backstay.model.ItemFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Jobs, what became of their items, and their logs as rows.
final class JobTable {

  private final Handle handle;

  JobTable(Handle handle) {
    this.handle = handle;
  }

  void put(JobRow row) {
    for (String table : List.of("job_detail", "job_item")) {
      handle.execute("DELETE FROM " + table + " WHERE job_id = ?", row.id());
    }
    List<Item> items = items(row.end());
    insertJob(row, items.size());
    insertDetails(row);
    insertItems(row.id(), items);
  }

  private void insertJob(JobRow row, int items) {
    JobEnd end = row.end();
    handle
        .createUpdate(
            """
            MERGE INTO job (id, kind, state, context, cluster_id, namespace, repository, submitted,
              started, ended, outcome, restore_point, item_count) KEY (id)
            VALUES (:id, :kind, :state, :context, :cluster, :namespace, :repository, :submitted,
              :started, :ended, :outcome, :point, :items)
            """)
        .bind("id", row.id())
        .bind("kind", row.kind())
        .bind("state", row.state())
        .bind("context", Values.cutOrNull(row.context(), 10_000))
        .bind("cluster", Values.cutOrNull(row.clusterId(), 10_000))
        .bind("namespace", Values.cutOrNull(row.namespace(), 10_000))
        .bind("repository", Values.cutOrNull(row.repository(), 10_000))
        .bind("submitted", Values.nanos(row.submitted()))
        .bind("started", Values.nanosOrNull(row.started()))
        .bind("ended", Values.nanosOrNull(row.ended()))
        .bind("outcome", end == null ? null : end.outcome())
        .bind("point", end == null ? null : end.restorePoint())
        .bind("items", items)
        .execute();
  }

  private void insertDetails(JobRow row) {
    PreparedBatch batch =
        handle.prepareBatch("INSERT INTO job_detail (job_id, name, val) VALUES (?, ?, ?)");
    row.details()
        .forEach((name, value) ->
            batch.add(row.id(), Values.cut(name, 1000), Values.cut(value, 100_000)));
    batch.execute();
  }

  private void insertItems(String job, List<Item> items) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO job_item (job_id, seq, kind, item, code, message, remedy)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """);
    int seq = 0;
    for (Item item : items) {
      batch.add(
          job,
          seq++,
          item.kind(),
          Values.cut(item.failure().item(), 10_000),
          Values.cut(item.failure().code(), 1000),
          Values.cut(item.failure().message(), 10_000),
          Values.cut(item.failure().remedy(), 10_000));
    }
    batch.execute();
  }

  private record Item(String kind, ItemFailure failure) {}

  private static List<Item> items(@Nullable JobEnd end) {
    List<Item> items = new ArrayList<>();
    if (end != null) {
      if (end.error() != null) {
        items.add(new Item("error", end.error()));
      }
      end.failures().stream()
          .limit(Catalog.ITEMS_KEPT)
          .forEach(f -> items.add(new Item("failure", f)));
      end.warnings().stream()
          .limit(Catalog.ITEMS_KEPT)
          .forEach(w -> items.add(new Item("warning", w)));
    }
    return items;
  }

  Optional<JobRow> find(String id) {
    return rows("WHERE id = :id", "id", id).stream().findFirst();
  }

  List<JobRow> list(int limit) {
    return rows("ORDER BY submitted DESC, id LIMIT :limit", "limit", limit);
  }

  /// @param which the end of a query on `job`, with one named value
  private List<JobRow> rows(String which, String name, Object value) {
    Map<String, Map<String, String>> details = new HashMap<>();
    Map<String, List<Item>> items = new HashMap<>();
    String chosen = " WHERE job_id IN (SELECT id FROM job " + which + ")";
    handle
        .createQuery("SELECT * FROM job_detail" + chosen)
        .bind(name, value)
        .map((row, _) ->
            Optional.ofNullable(
                details
                    .computeIfAbsent(row.getString("job_id"), _ -> new HashMap<>())
                    .put(row.getString("name"), row.getString("val"))))
        .list();
    handle
        .createQuery("SELECT * FROM job_item" + chosen + " ORDER BY seq")
        .bind(name, value)
        .map((row, _) ->
            items
                .computeIfAbsent(row.getString("job_id"), _ -> new ArrayList<>())
                .add(new Item(row.getString("kind"), Values.item(row))))
        .list();
    return handle
        .createQuery("SELECT * FROM job " + which)
        .bind(name, value)
        .map((row, _) -> {
          String id = row.getString("id");
          return job(row, details.getOrDefault(id, Map.of()), items.getOrDefault(id, List.of()));
        })
        .list();
  }

  private static JobRow job(ResultSet row, Map<String, String> details, List<Item> items)
      throws SQLException {
    String id = row.getString("id");
    String outcome = row.getString("outcome");
    return new JobRow(
        id,
        row.getString("kind"),
        row.getString("state"),
        row.getString("context"),
        row.getString("cluster_id"),
        row.getString("namespace"),
        row.getString("repository"),
        details,
        Values.instant(row.getLong("submitted")),
        Values.instantOrNull(row, "started"),
        Values.instantOrNull(row, "ended"),
        outcome == null ? null : end(items, outcome, row.getString("restore_point")));
  }

  private static JobEnd end(List<Item> items, String outcome, @Nullable String restorePoint) {
    return new JobEnd(
        outcome,
        restorePoint,
        of(items, "error").stream().findFirst().orElse(null),
        of(items, "failure"),
        of(items, "warning"));
  }

  private static List<ItemFailure> of(List<Item> items, String kind) {
    return items.stream().filter(i -> i.kind().equals(kind)).map(Item::failure).toList();
  }

  void appendLog(String job, List<JobLogLine> lines) {
    long next =
        handle
            .createQuery("SELECT coalesce(max(seq) + 1, 0) FROM job_log WHERE job_id = ?")
            .bind(0, job)
            .mapTo(Long.class)
            .one();
    PreparedBatch batch =
        handle.prepareBatch("INSERT INTO job_log (job_id, seq, at, text) VALUES (?, ?, ?, ?)");
    for (JobLogLine line : lines) {
      batch.add(job, next++, Values.nanos(line.time()), Values.cut(line.text(), 10_000));
    }
    batch.execute();
  }

  List<JobLogLine> log(String job) {
    return handle
        .createQuery("SELECT at, text FROM job_log WHERE job_id = ? ORDER BY seq")
        .bind(0, job)
        .map((row, _) -> new JobLogLine(instant(row), row.getString("text")))
        .list();
  }

  private static Instant instant(ResultSet row) throws SQLException {
    return Values.instant(row.getLong("at"));
  }
}
