package dev.backstay.app.command;

import dev.backstay.app.settings.Settings;
import dev.backstay.model.InvalidInputException;
import dev.backstay.model.RepositoryLocation;
import dev.backstay.workflow.repository.StoreAccess;
import java.util.Map;
import java.util.TreeMap;

/// The options of stores as they are declared: the command line counts, then
/// `BACKSTAY_STORE_OPTIONS`, then the settings file.
record StoreChoices(GlobalOptions options, Map<String, String> environment, Settings settings)
    implements StoreAccess.Declared {

  static final String VARIABLE = "BACKSTAY_STORE_OPTIONS";

  @Override
  public Map<String, String> of(RepositoryLocation location) {
    Map<String, String> named = new TreeMap<>();
    settings.stores().stream()
        .filter(store -> store.meets(location))
        .forEach(store -> put(named, store.options()));
    put(named, ofEnvironment());
    put(named, options.storeOptions);
    if (options.limitUpload != null) {
      put(named, Map.of("upload-rate", options.limitUpload + "KiB"));
    }
    if (options.limitDownload != null) {
      put(named, Map.of("download-rate", options.limitDownload + "KiB"));
    }
    return named;
  }

  /// One name has several spellings; the last one given counts.
  private static void put(Map<String, String> named, Map<String, String> more) {
    more.forEach((name, value) -> {
      named.keySet().removeIf(known -> plain(known).equals(plain(name)));
      named.put(name, value);
    });
  }

  private static String plain(String name) {
    return name.replaceFirst("^s3\\.", "").replace("-", "").toLowerCase(java.util.Locale.ROOT);
  }

  private Map<String, String> ofEnvironment() {
    Map<String, String> named = new TreeMap<>();
    for (String part : environment.getOrDefault(VARIABLE, "").split(",")) {
      int at = part.indexOf('=');
      if (at > 0) {
        named.put(part.substring(0, at).strip(), part.substring(at + 1).strip());
      } else if (!part.isBlank()) {
        throw new InvalidInputException(
            "store.bad-option",
            VARIABLE + " holds '" + part.strip() + "', which is no option",
            "write it as region=eu-west-1,profile=backup");
      }
    }
    return named;
  }
}
