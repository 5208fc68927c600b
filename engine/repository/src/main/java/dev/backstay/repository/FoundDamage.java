package dev.backstay.repository;

import dev.backstay.model.EngineException;
import dev.backstay.model.ItemFailure;
import dev.backstay.repository.store.FileKind;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was seen to be damaged by the way, each file once. Safe for use by many threads.
final class FoundDamage {

  private static final Logger LOG = LoggerFactory.getLogger(FoundDamage.class);

  private final Map<String, ItemFailure> found = new ConcurrentSkipListMap<>();

  /// @param file as the store names it
  void add(Object file, EngineException error) {
    add(ItemFailure.of(String.valueOf(file), error));
  }

  void add(ItemFailure failure) {
    if (found.put(failure.item(), failure) == null) {
      LOG.warn("{}: {}", failure.item(), failure.message());
    }
  }

  /// Forgets what was found in files that do not count any more: a repair took them away.
  ///
  /// @param counts by the file's name
  void retain(FileKind kind, Predicate<String> counts) {
    String folder = kind.folder() + "/";
    found
        .keySet()
        .removeIf(file ->
            file.startsWith(folder) && !counts.test(file.substring(file.lastIndexOf('/') + 1)));
  }

  /// Whether a file of that kind is damaged.
  boolean isAny(FileKind kind) {
    return found.keySet().stream().anyMatch(file -> file.startsWith(kind.folder() + "/"));
  }

  List<ItemFailure> all() {
    return List.copyOf(found.values());
  }
}
