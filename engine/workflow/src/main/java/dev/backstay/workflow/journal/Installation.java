package dev.backstay.workflow.journal;

import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// This copy of the program for this user: the id by which it knows its own objects in a cluster.
@SuppressWarnings({"DoNotCallSuggester", "InlineMeSuggester", "unused"}) // signatures first
public final class Installation {

  private Installation() {}

  /// The id kept in `<data>/installation-id`; made at the first call. 12 lower-case letters and
  /// digits, valid as a label value.
  ///
  /// @throws dev.backstay.model.StorageException if it can neither be read nor written
  public static String id(Path data, RandomGenerator random) {
    throw new UnsupportedOperationException("" + data + random);
  }
}
