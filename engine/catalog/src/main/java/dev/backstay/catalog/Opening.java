package dev.backstay.catalog;

import dev.backstay.model.EngineException;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.UnsupportedException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens the database, and makes it anew where it is in doubt. Only with the [Turn].
final class Opening {

  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  private final CatalogFolder folder;
  private final InstantSource clock;

  Opening(CatalogFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  Database open() throws IOException {
    requireUsable();
    boolean unclean = folder.isMarkedOpen();
    boolean lost = !Files.exists(folder.databaseFile()) && !folder.repositories().isEmpty();
    folder.markOpen();
    if (lost && folder.rebuildReason().isEmpty()) {
      folder.putAside("the catalog's file is gone", clock.instant());
    }
    try {
      return tryOpen(unclean);
    } catch (UnsupportedException e) {
      folder.markClosed();
      throw e;
    } catch (DoubtException e) {
      LOG.warn("catalog put aside: {}", e.reason(), e.getCause());
      folder.putAside(e.reason(), clock.instant());
      return openFresh();
    }
  }

  private Database openFresh() throws IOException {
    try {
      return tryOpen(false);
    } catch (DoubtException e) {
      throw new IOException("a new catalog cannot be opened: " + e.reason(), e);
    }
  }

  private void requireUsable() throws IOException {
    if (folder.path().toString().contains(";")) {
      throw new InvalidInputException(
          "catalog.bad-folder",
          "the path of the catalog holds a semicolon: " + folder.path(),
          "name a folder without one with BACKSTAY_HOME");
    }
    if (!Files.isWritable(folder.path())
        || (Files.exists(folder.databaseFile()) && !Files.isWritable(folder.databaseFile()))) {
      throw CatalogErrors.readOnly(folder, new IOException("not writable"));
    }
  }

  private Database tryOpen(boolean unclean) throws DoubtException {
    Database database;
    try {
      database = Database.open(folder);
    } catch (RuntimeException e) {
      throw doubtful(e);
    }
    boolean good = false;
    try {
      prepare(database, unclean);
      good = true;
      return database;
    } catch (EngineException e) {
      throw e;
    } catch (RuntimeException e) {
      throw doubtful(e);
    } finally {
      if (!good) {
        closeQuietly(database);
      }
    }
  }

  private void prepare(Database database, boolean unclean) throws DoubtException {
    boolean fresh = Migrations.run(database);
    long known = folder.generation();
    if (fresh && known > 0) {
      throw new DoubtException("the catalog's file is empty");
    }
    if (fresh) {
      recallRepositories(database);
    }
    database.generation(Invariants.generation(database.definitions(), known));
    if (unclean) {
      Invariants.all(database.definitions());
    }
  }

  private void recallRepositories(Database database) {
    Map<String, String> known = folder.repositories();
    known.forEach((id, location) ->
        database
            .definitions()
            .execute("INSERT INTO repository (id, location) VALUES (?, ?)", id, location));
  }

  /// The disk's refusals are told as such; everything else is held against the file.
  private DoubtException doubtful(Exception error) {
    Optional<EngineException> storage = CatalogErrors.ofStorage(error, folder);
    if (storage.isPresent()) {
      throw storage.get();
    }
    if (CatalogErrors.sqlCode(error) == org.h2.api.ErrorCode.DATABASE_ALREADY_OPEN_1) {
      throw CatalogErrors.of(error, folder);
    }
    return new DoubtException("the catalog's file is damaged", error);
  }

  static void closeQuietly(Database database) {
    try {
      database.close();
    } catch (RuntimeException e) {
      LOG.debug("closing a broken catalog", e);
    }
  }
}
