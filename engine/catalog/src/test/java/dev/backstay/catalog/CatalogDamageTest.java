package dev.backstay.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.backstay.model.EngineException;
import dev.backstay.model.StorageException;
import dev.backstay.model.UnsupportedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to the file, the catalog opens, and says that it must be rebuilt when anything
/// may be missing.
class CatalogDamageTest {

  @TempDir Path folder;
  private CatalogFolder files;

  @BeforeEach
  void fill() {
    files = new CatalogFolder(folder);
    try (Catalog catalog = open()) {
      catalog.replaceRestorePoints("repo", "/repo é", points());
      for (int i = 0; i < 20; i++) {
        catalog.putJob(Rows.job("job" + i, Rows.NOON, null));
      }
    }
  }

  private static List<RestorePointRow> points() {
    return IntStream.range(0, 50)
        .mapToObj(i -> Rows.point("repo", "p" + i, "shop", Rows.NOON.plusSeconds(i)))
        .toList();
  }

  private Catalog open() {
    return Catalog.open(folder, InstantSource.fixed(Rows.NOON));
  }

  private void assertRebuildDueAndPossible() throws IOException {
    try (Catalog catalog = open()) {
      assertTrue(catalog.rebuildReason().isPresent());
      assertEquals(List.of(new RepositoryRow("repo", "/repo é", null)), catalog.repositories());
      catalog.replaceRestorePoints("repo", "/repo é", points());
      assertTrue(catalog.rebuildReason().isEmpty());
      assertEquals(50, catalog.restorePoints(RestorePointFilter.ALL).size());
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertTrue(all.anyMatch(f -> f.toString().contains(".damaged-")));
    }
  }

  @Test
  void garbage() throws IOException {
    Files.writeString(files.databaseFile(), "this is no database".repeat(1000));
    assertRebuildDueAndPossible();
  }

  @Test
  void emptyFile() throws IOException {
    Files.write(files.databaseFile(), new byte[0]);
    assertRebuildDueAndPossible();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void overwrittenBytesAfterAnUncleanEnd(long seed) throws IOException {
    byte[] bytes = Files.readAllBytes(files.databaseFile());
    Random random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      int at = random.nextInt(bytes.length);
      Arrays.fill(bytes, at, Math.min(bytes.length, at + 4096), (byte) random.nextInt());
    }
    Files.write(files.databaseFile(), bytes);
    files.markOpen();
    assertConsistent();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 30, 50, 70, 90, 99})
  void truncated(int percent) throws IOException {
    byte[] bytes = Files.readAllBytes(files.databaseFile());
    Files.write(files.databaseFile(), Arrays.copyOf(bytes, bytes.length * percent / 100));
    files.markOpen();
    assertConsistent();
  }

  /// Either all of it is there, or it says that it must be rebuilt.
  private void assertConsistent() {
    try (Catalog catalog = open()) {
      boolean whole =
          catalog.restorePoints(RestorePointFilter.ALL).size() == 50
              && catalog.jobs(100).size() == 20;
      assertTrue(whole || catalog.rebuildReason().isPresent());
      catalog.replaceRestorePoints("repo", "/repo", points());
    }
  }

  @Test
  void deletedFile() throws IOException {
    Files.delete(files.databaseFile());
    try (Catalog catalog = open()) {
      assertTrue(catalog.rebuildReason().isPresent());
      assertEquals(1, catalog.repositories().size());
    }
  }

  @Test
  void olderCopyOfTheFile() throws IOException {
    byte[] older = Files.readAllBytes(files.databaseFile());
    try (Catalog catalog = open()) {
      catalog.putRestorePoint(Rows.point("repo", "new", "shop", Rows.NOON));
    }
    Files.write(files.databaseFile(), older);
    assertRebuildDueAndPossible();
  }

  @Test
  void tornTransactionIsSeen() throws Exception {
    sql("UPDATE meta SET val = val + 1");
    assertRebuildDueAndPossible();
  }

  @Test
  void rowsThatDoNotFitAreSeenAfterAnUncleanEnd() throws Exception {
    sql("DELETE FROM restore_point_volume WHERE restore_point_id = 'p7' AND seq = 1");
    files.markOpen();
    assertRebuildDueAndPossible();
  }

  @Test
  void halfMadeTablesAreMadeAnew() throws Exception {
    sql("DELETE FROM schema_version");
    assertRebuildDueAndPossible();
  }

  @Test
  void newerSchemaIsRefusedAndKept() throws Exception {
    sql("UPDATE schema_version SET version = 999");
    try (Catalog catalog = open()) {
      EngineException error = assertThrows(UnsupportedException.class, () -> catalog.jobs(1));
      assertEquals("catalog.newer", error.code());
    }
    assertTrue(Files.exists(files.databaseFile()));
    assertFalse(files.isMarkedOpen());
  }

  @Test
  void folderThatMayNotBeWritten() {
    Path sys = Path.of("/sys/kernel");
    assumeTrue(Files.isDirectory(sys), "no /sys on this system");
    try (Catalog catalog = Catalog.open(sys.resolve("backstay"), InstantSource.system())) {
      EngineException error = assertThrows(StorageException.class, () -> catalog.jobs(1));
      assertEquals("catalog.read-only", error.code());
    }
  }

  @Test
  void uncleanEndOfAWholeFileIsNotAnError() throws IOException {
    files.markOpen();
    try (Catalog catalog = open()) {
      assertEquals(50, catalog.restorePoints(RestorePointFilter.ALL).size());
      assertTrue(catalog.rebuildReason().isEmpty());
    }
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:h2:file:" + files.database(), "backstay", "");
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
