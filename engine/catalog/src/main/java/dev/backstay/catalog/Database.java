package dev.backstay.catalog;

import static org.h2.api.ErrorCode.DATABASE_CALLED_AT_SHUTDOWN;
import static org.h2.api.ErrorCode.DATABASE_IS_CLOSED;
import static org.h2.api.ErrorCode.OBJECT_CLOSED;

import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/// The H2 database while it is open: one connection that writes and one that reads, both used by
/// the catalog's thread only.
///
/// `WRITE_DELAY=0` and the single writer are what keeps a transaction whole when the process is
/// killed (h2database#2080).
final class Database implements AutoCloseable {

  private final Handle writer;
  private final Handle reader;
  private long generation;

  private Database(Handle writer, Handle reader) {
    this.writer = writer;
    this.reader = reader;
  }

  static Database open(CatalogFolder folder) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(
        "jdbc:h2:file:"
            + folder.database().toAbsolutePath()
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;MAX_COMPACT_TIME=0");
    source.setUser("backstay");
    source.setPassword("");
    Jdbi jdbi = Jdbi.create(source);
    Handle writer = jdbi.open();
    try {
      return new Database(writer, jdbi.open());
    } catch (RuntimeException e) {
      writer.close();
      throw e;
    }
  }

  <T> T read(HandleCallback<T, RuntimeException> work) {
    return work.withHandle(reader);
  }

  /// One transaction, numbered.
  <T> T write(HandleCallback<T, RuntimeException> work) {
    long next = generation + 1;
    T result =
        writer.inTransaction(handle -> {
          handle.execute("UPDATE meta SET val = ? WHERE name = 'generation'", next);
          T done = work.withHandle(handle);
          handle.execute("UPDATE tally SET generation = ?", next);
          return done;
        });
    generation = next;
    return result;
  }

  /// For migrations: H2 commits each definition by itself.
  Handle definitions() {
    return writer;
  }

  long generation() {
    return generation;
  }

  void generation(long value) {
    generation = value;
  }

  /// Closes it after making its file as small as its content; takes less than a second for 300 MB.
  void shrinkAndClose() {
    try {
      writer.execute("SHUTDOWN DEFRAG");
      close();
    } catch (JdbiException e) {
      // the statement has closed its own connection when it returns
      if (!List.of(DATABASE_IS_CLOSED, DATABASE_CALLED_AT_SHUTDOWN, OBJECT_CLOSED)
          .contains(CatalogErrors.sqlCode(e))) {
        throw e;
      }
    }
  }

  @Override
  public void close() {
    try (writer) {
      reader.close();
    }
  }
}
