package dev.backstay.repository;

import dev.backstay.model.EngineException;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What others store while a writer works.
@FunctionalInterface
interface OtherWriters {

  /// Takes in what they have stored since the last look.
  ///
  /// @param own names of the index files that the writer has stored itself
  /// @return how many index files were new
  int look(Set<String> own);

  /// Looks as often as it likes, but spends no more than a small part of its time with it, however
  /// slow the store is and however many there are. It is of use and not needed: where it fails, the
  /// work goes on.
  static OtherWriters unhurried(ToIntFunction<Set<String>> look) {
    return new Unhurried(look);
  }

  /// Safe for use by many threads.
  final class Unhurried implements OtherWriters {

    private static final Logger LOG = LoggerFactory.getLogger(OtherWriters.class);
    private static final int PAUSE = 16;

    private final ToIntFunction<Set<String>> look;
    private long next = System.nanoTime();

    private Unhurried(ToIntFunction<Set<String>> look) {
      this.look = look;
    }

    @Override
    public synchronized int look(Set<String> own) {
      long begun = System.nanoTime();
      if (begun - next < 0) {
        return 0;
      }
      try {
        return look.applyAsInt(own);
      } catch (EngineException e) {
        LOG.info("could not look at what others stored: {}", e.getMessage());
        return 0;
      } finally {
        long end = System.nanoTime();
        next = end + PAUSE * (end - begun);
      }
    }
  }
}
