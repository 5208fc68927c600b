package dev.backstay.catalog;

import dev.backstay.model.EngineException;
import dev.backstay.model.InternalException;
import dev.backstay.model.LockedException;
import dev.backstay.model.StorageException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;

/// What goes wrong below, in the words of the house.
final class CatalogErrors {

  private static final List<String> FULL =
      List.of(
          "No space left on device",
          "Disk quota exceeded",
          "File too large",
          "There is not enough space on the disk");

  private static final List<String> READ_ONLY =
      List.of(
          "Read-only file system",
          "Permission denied",
          "Operation not permitted",
          "Access is denied");

  private CatalogErrors() {}

  static EngineException of(Throwable error, CatalogFolder folder) {
    if (error instanceof EngineException known) {
      return known;
    }
    Optional<EngineException> storage = ofStorage(error, folder);
    if (storage.isPresent()) {
      return storage.get();
    }
    if (sqlCode(error) == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return new LockedException(
          "catalog.busy",
          "another program has the catalog's file open: " + folder.databaseFile(),
          "close that program",
          error);
    }
    if (isFatal(error)) {
      return new StorageException(
          "catalog.io",
          "the catalog in " + folder.path() + " cannot be read or written",
          "check the disk; the catalog is looked through when it is next opened",
          error);
    }
    return new InternalException(
        "catalog.sql", "the catalog refused a statement of ours", "report this", error);
  }

  /// The disk's refusals, which are no fault of the database's content.
  static Optional<EngineException> ofStorage(Throwable error, CatalogFolder folder) {
    if (mentions(error, FULL)) {
      return Optional.of(
          new StorageException(
              "catalog.disk-full",
              "no space is left for the catalog in " + folder.path(),
              "free some space, then try again",
              error));
    }
    boolean denied =
        causes(error)
            .anyMatch(e ->
                e instanceof AccessDeniedException || e instanceof ReadOnlyFileSystemException);
    if (denied || mentions(error, READ_ONLY) || sqlCode(error) == ErrorCode.DATABASE_IS_READ_ONLY) {
      return Optional.of(readOnly(folder, error));
    }
    return Optional.empty();
  }

  static StorageException readOnly(CatalogFolder folder, Throwable error) {
    return new StorageException(
        "catalog.read-only",
        "the catalog in " + folder.path() + " may not be written",
        "make the folder writable for you, or name another with BACKSTAY_HOME",
        error);
  }

  /// Whether the connection must not be used any more.
  static boolean isFatal(Throwable error) {
    if (error instanceof EngineException) {
      return false;
    }
    return switch (sqlCode(error)) {
      case ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_IS_READ_ONLY,
          ErrorCode.OBJECT_CLOSED,
          ErrorCode.OUT_OF_MEMORY ->
          true;
      default -> causes(error).noneMatch(SQLException.class::isInstance);
    };
  }

  static int sqlCode(Throwable error) {
    return causes(error)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .mapToInt(SQLException::getErrorCode)
        .findFirst()
        .orElse(0);
  }

  private static boolean mentions(Throwable error, List<String> words) {
    return causes(error)
        .filter(e -> e instanceof IOException || e instanceof SQLException)
        .map(e -> String.valueOf(e.getMessage()))
        .anyMatch(message -> words.stream().anyMatch(message::contains));
  }

  private static Stream<Throwable> causes(Throwable error) {
    return Stream.iterate(error, e -> e != null, Throwable::getCause).limit(20);
  }
}
