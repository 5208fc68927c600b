package dev.backstay.app.settings;

import dev.backstay.workflow.MoverOptions;
import dev.backstay.workflow.lock.ContextMark;
import java.io.File;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the user declared in the settings file.
///
/// @param repository used when neither an option nor the environment names one
/// @param passwordFile where its password is
/// @param passwordCommand what prints its password
/// @param mover how mover pods are made
/// @param pluginPath folders in which exec plugins of kubeconfigs are looked for before the PATH
/// @param contexts what is declared of contexts, each once
/// @param stores options of stores; later ones count more
public record Settings(
    @Nullable String repository,
    @Nullable String passwordFile,
    @Nullable String passwordCommand,
    MoverOptions mover,
    List<String> pluginPath,
    List<ContextMark> contexts,
    List<StoreSettings> stores) {

  private static final String PATH = "PATH";

  public static final Settings NONE =
      new Settings(null, null, null, MoverOptions.DEFAULT, List.of(), List.of(), List.of());

  public Settings {
    pluginPath = List.copyOf(pluginPath);
    contexts = List.copyOf(contexts);
    stores = List.copyOf(stores);
  }

  /// The environment with the folders of plugins before its PATH.
  public Map<String, String> extend(Map<String, String> environment) {
    if (pluginPath.isEmpty()) {
      return environment;
    }
    Map<String, String> extended = new HashMap<>(environment);
    String path = String.join(File.pathSeparator, pluginPath);
    extended.merge(PATH, path, (before, more) -> more + File.pathSeparator + before);
    return extended;
  }
}
