package dev.backstay.workflow.repository;

import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.model.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What connection tests found to work, by location: `stores.json`. It can be thrown away; whatever
/// cannot be read of it is as if it had not been found.
final class StoreMemory {

  private static final Logger LOG = LoggerFactory.getLogger(StoreMemory.class);

  private static final class Form extends TypeReference<Map<String, Map<String, String>>> {}

  private final Path file;

  StoreMemory(Path folder) {
    file = folder.resolve("stores.json");
  }

  Map<String, String> of(RepositoryLocation location) {
    Map<String, String> named = read().getOrDefault(location.text(), Map.of());
    try {
      var _ = StoreOptions.of(named);
      return named;
    } catch (InvalidInputException e) {
      LOG.warn("what was found of {} cannot be used: {}", location, e.getMessage());
      return Map.of();
    }
  }

  void keep(RepositoryLocation location, Map<String, String> named) {
    Map<String, Map<String, String>> all = read();
    all.put(location.text(), new TreeMap<>(named));
    Path fresh = file.resolveSibling(file.getFileName() + "-new-" + ProcessHandle.current().pid());
    try {
      Files.write(fresh, JsonMapper.shared().writeValueAsBytes(all));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("what was found of {} could not be kept: {}", location, e.getMessage());
    }
  }

  private Map<String, Map<String, String>> read() {
    try {
      byte[] json = Files.readAllBytes(file);
      return Objects.requireNonNullElseGet(
          JsonMapper.shared().readValue(json, new Form()), TreeMap::new);
    } catch (NoSuchFileException e) {
      return new TreeMap<>();
    } catch (IOException | JacksonException e) {
      LOG.warn("{} cannot be read: {}", file, e.getMessage());
      return new TreeMap<>();
    }
  }
}
