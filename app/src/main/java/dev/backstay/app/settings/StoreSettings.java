package dev.backstay.app.settings;

import dev.backstay.model.RepositoryLocation;
import java.util.Map;

/// Store options that the settings file declares.
///
/// @param location which repositories they are for: this one, and those below it; empty for all
/// @param options by name
public record StoreSettings(String location, Map<String, String> options) {

  public StoreSettings {
    options = Map.copyOf(options);
  }

  public boolean meets(RepositoryLocation place) {
    String text = place.text();
    return location.isEmpty() || text.equals(location) || text.startsWith(location + "/");
  }
}
