package dev.backstay.catalog;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// What holds in a catalog whose transactions are all whole.
final class Invariants {

  private static final List<String> TABLES =
      List.of(
          "repository",
          "restore_point",
          "restore_point_volume",
          "restore_point_warning",
          "job",
          "job_detail",
          "job_item",
          "job_log");

  /// Each counts rows that must not be.
  private static final List<String> BROKEN =
      List.of(
          """
          SELECT count(*) FROM restore_point p WHERE volume_count <>
            (SELECT count(*) FROM restore_point_volume v
             WHERE v.repository_id = p.repository_id AND v.restore_point_id = p.id)
          """,
          """
          SELECT count(*) FROM restore_point p WHERE warning_count <>
            (SELECT count(*) FROM restore_point_warning w
             WHERE w.repository_id = p.repository_id AND w.restore_point_id = p.id)
          """,
          """
          SELECT count(*) FROM restore_point_volume v WHERE NOT EXISTS
            (SELECT 1 FROM restore_point p
             WHERE v.repository_id = p.repository_id AND v.restore_point_id = p.id)
          """,
          """
          SELECT count(*) FROM restore_point p WHERE NOT EXISTS
            (SELECT 1 FROM repository r WHERE r.id = p.repository_id)
          """,
          """
          SELECT count(*) FROM job j WHERE item_count <>
            (SELECT count(*) FROM job_item i WHERE i.job_id = j.id)
          """,
          "SELECT count(*) FROM job_log l WHERE NOT EXISTS (SELECT 1 FROM job j WHERE j.id ="
              + " l.job_id)",
          """
          SELECT count(*) FROM (SELECT job_id FROM job_log GROUP BY job_id
            HAVING count(*) <> max(seq) + 1 OR min(seq) <> 0)
          """);

  private Invariants() {}

  /// Looks at the two numbers of the last transaction, which is done at each opening.
  ///
  /// @param known what the file beside the database says, -1 if nothing
  /// @return the number
  static long generation(Handle handle, long known) throws DoubtException {
    long first = number(handle, "SELECT val FROM meta WHERE name = 'generation'");
    long last = number(handle, "SELECT generation FROM tally WHERE id = 1");
    if (first != last) {
      throw new DoubtException("the last transaction of the catalog is torn");
    }
    if (first < known) {
      throw new DoubtException("the catalog has lost its last transactions");
    }
    return first;
  }

  /// Reads everything, after an unclean end.
  static void all(Handle handle) throws DoubtException {
    for (String table : TABLES) {
      handle.createQuery("SELECT * FROM " + table).mapToMap().forEach(row -> {});
    }
    for (String query : BROKEN) {
      if (number(handle, query) != 0) {
        throw new DoubtException("rows of the catalog do not fit together");
      }
    }
  }

  private static long number(Handle handle, String query) throws DoubtException {
    return handle
        .createQuery(query)
        .mapTo(Long.class)
        .findFirst()
        .orElseThrow(() -> new DoubtException("the catalog lacks a row that is always there"));
  }
}
