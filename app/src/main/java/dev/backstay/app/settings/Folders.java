package dev.backstay.app.settings;

import dev.backstay.model.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import net.harawata.appdirs.AppDirs;
import net.harawata.appdirs.AppDirsFactory;

/// Where this installation keeps its things: the operating system's places, or everything below
/// `BACKSTAY_HOME`.
///
/// @param config the settings file; declared by the user, never rewritten
/// @param data catalog and journals
/// @param state trust decisions
/// @param cache whatever can be made again
/// @param logs the log
public record Folders(Path config, Path data, Path state, Path cache, Path logs) {

  private static final String APP = "backstay";

  public static Folders of(Map<String, String> environment) {
    String home = environment.getOrDefault("BACKSTAY_HOME", "");
    return home.isBlank() ? ofSystem(environment) : below(Path.of(home).toAbsolutePath());
  }

  public static Folders below(Path home) {
    return new Folders(
        home.resolve("config"),
        home.resolve("data"),
        home.resolve("state"),
        home.resolve("cache"),
        home.resolve("state").resolve("logs"));
  }

  private static Folders ofSystem(Map<String, String> environment) {
    AppDirs dirs = AppDirsFactory.getInstance();
    Path data = Path.of(dirs.getUserDataDir(APP, null, null, false));
    boolean xdg = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    Path state = xdg ? xdgState(environment) : data.resolve("state");
    return new Folders(
        Path.of(dirs.getUserConfigDir(APP, null, null, true)),
        data,
        state,
        Path.of(dirs.getUserCacheDir(APP, null, null)),
        xdg ? state.resolve("logs") : Path.of(dirs.getUserLogDir(APP, null, null)));
  }

  /// The library has no word for `XDG_STATE_HOME`.
  private static Path xdgState(Map<String, String> environment) {
    String named = environment.getOrDefault("XDG_STATE_HOME", "");
    Path base =
        named.isBlank()
            ? Path.of(System.getProperty("user.home"), ".local", "state")
            : Path.of(named);
    return base.resolve(APP);
  }

  public Path settingsFile() {
    return config.resolve("settings.yaml");
  }

  /// Makes the folders that the program writes to.
  ///
  /// @throws StorageException if that is not possible
  public Folders create() {
    for (Path folder : new Path[] {data, state, cache, logs}) {
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
