package dev.backstay.app.settings;

import dev.backstay.model.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import net.harawata.appdirs.AppDirs;
import net.harawata.appdirs.AppDirsFactory;

/// Where this installation keeps its things: the operating system's places, or everything below
/// `BACKSTAY_HOME`.
///
/// @param config the settings file; declared by the user, never rewritten
/// @param data catalog and journals
/// @param state logs and trust decisions
/// @param cache whatever can be made again
public record Folders(Path config, Path data, Path state, Path cache) {

  private static final String APP = "backstay";

  public static Folders of(Map<String, String> environment) {
    String home = environment.getOrDefault("BACKSTAY_HOME", "");
    return home.isBlank() ? ofSystem() : below(Path.of(home).toAbsolutePath());
  }

  public static Folders below(Path home) {
    return new Folders(
        home.resolve("config"), home.resolve("data"), home.resolve("state"), home.resolve("cache"));
  }

  private static Folders ofSystem() {
    AppDirs dirs = AppDirsFactory.getInstance();
    return new Folders(
        Path.of(dirs.getUserConfigDir(APP, null, null, true)),
        Path.of(dirs.getUserDataDir(APP, null, null, false)),
        Path.of(dirs.getUserStateDir(APP, null, null)),
        Path.of(dirs.getUserCacheDir(APP, null, null)));
  }

  public Path logs() {
    return state.resolve("logs");
  }

  public Path settingsFile() {
    return config.resolve("settings.yaml");
  }

  /// Makes the folders that the program writes to.
  ///
  /// @throws StorageException if that is not possible
  public Folders create() {
    for (Path folder : new Path[] {data, state, cache, logs()}) {
      try {
        PrivateFiles.createFolder(folder);
      } catch (IOException e) {
        throw new StorageException(
            "app.folder",
            "the folder " + folder + " cannot be made: " + e.getMessage(),
            "name another place with BACKSTAY_HOME",
            e);
      }
    }
    return this;
  }
}
