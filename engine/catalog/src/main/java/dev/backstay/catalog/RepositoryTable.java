package dev.backstay.catalog;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Repositories used from here, as rows.
final class RepositoryTable {

  private final Handle handle;

  RepositoryTable(Handle handle) {
    this.handle = handle;
  }

  void put(String id, String location) {
    int known =
        handle.execute(
            "UPDATE repository SET location = ? WHERE id = ?", Values.cut(location, 10_000), id);
    if (known == 0) {
      handle.execute("INSERT INTO repository (id, location) VALUES (?, ?)", id, location);
    }
  }

  /// A restore point may come before its repository is named.
  void require(String id) {
    handle.execute(
        """
        INSERT INTO repository (id, location)
        SELECT ?, '' WHERE NOT EXISTS (SELECT 1 FROM repository WHERE id = ?)
        """,
        id,
        id);
  }

  void synced(String id, Instant time) {
    handle.execute("UPDATE repository SET synced = ? WHERE id = ?", Values.nanos(time), id);
  }

  void remove(String id) {
    handle.execute("DELETE FROM repository WHERE id = ?", id);
  }

  List<RepositoryRow> list() {
    return handle
        .createQuery("SELECT * FROM repository ORDER BY location, id")
        .map((row, _) ->
            new RepositoryRow(
                row.getString("id"),
                row.getString("location"),
                Values.instantOrNull(row, "synced")))
        .list();
  }
}
