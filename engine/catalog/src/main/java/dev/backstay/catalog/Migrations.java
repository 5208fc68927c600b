package dev.backstay.catalog;

import dev.backstay.model.UnsupportedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Numbered SQL files, `schema/001.sql` and on. The number of the last one is written after its
/// statements, so half of one is seen at the next opening; the catalog can be made anew then.
final class Migrations {

  private Migrations() {}

  /// Brings the database to the newest schema.
  ///
  /// @return whether it was empty
  /// @throws UnsupportedException `catalog.newer`, if a newer program made it
  static boolean run(Database database) throws DoubtException {
    Handle handle = database.definitions();
    int version = version(handle);
    int newest = version;
    for (Optional<String> sql = script(version + 1); sql.isPresent(); sql = script(newest + 1)) {
      statements(sql.get()).forEach(handle::execute);
      newest++;
      handle.execute("MERGE INTO schema_version (id, version) VALUES (1, ?)", newest);
    }
    if (newest == version && script(version).isEmpty()) {
      throw new UnsupportedException(
          "catalog.newer",
          "the catalog was made by a newer Backstay (schema " + version + ")",
          "use the newer version, or name another folder with BACKSTAY_HOME");
    }
    return version == 0;
  }

  private static int version(Handle handle) throws DoubtException {
    List<String> tables =
        handle
            .createQuery(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'PUBLIC'")
            .mapTo(String.class)
            .list();
    if (tables.isEmpty()) {
      handle.execute("CREATE TABLE schema_version (id INT PRIMARY KEY, version INT NOT NULL)");
      return 0;
    }
    Optional<Integer> version =
        tables.contains("SCHEMA_VERSION")
            ? handle
                .createQuery("SELECT version FROM schema_version")
                .mapTo(Integer.class)
                .findFirst()
            : Optional.empty();
    return version.orElseThrow(
        () -> new DoubtException("the tables of the catalog were made by half"));
  }

  private static Optional<String> script(int number) {
    String name = "schema/%03d.sql".formatted(number);
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> statements(String script) {
    return Stream.of(script.split(";\\s*\n")).map(String::strip).filter(s -> !s.isEmpty());
  }
}
