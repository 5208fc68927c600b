package dev.backstay.app.settings;

import dev.backstay.workflow.MoverOptions;
import dev.backstay.workflow.lock.ContextMark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the user declared in the settings file.
///
/// @param repository used when neither an option nor the environment names one
/// @param passwordFile where its password is
/// @param passwordCommand what prints its password
/// @param mover how mover pods are made
/// @param contexts what is declared of contexts, each once
/// @param stores options of stores; later ones count more
public record Settings(
    @Nullable String repository,
    @Nullable String passwordFile,
    @Nullable String passwordCommand,
    MoverOptions mover,
    List<ContextMark> contexts,
    List<StoreSettings> stores) {

  public static final Settings NONE =
      new Settings(null, null, null, MoverOptions.DEFAULT, List.of(), List.of());

  public Settings {
    contexts = List.copyOf(contexts);
    stores = List.copyOf(stores);
  }
}
