package dev.backstay.app.command;

import dev.backstay.app.secret.Passwords;
import dev.backstay.app.settings.Settings;
import dev.backstay.app.window.OneWindow;
import dev.backstay.app.window.ProgramSurroundings;
import dev.backstay.app.window.WindowProcess;
import dev.backstay.ui.Surroundings;
import dev.backstay.workflow.Engine;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens the window from the command line. Only from here on is JavaFX loaded.
final class WindowLaunch {

  private WindowLaunch() {}

  /// Whether there is a screen to open a window on.
  static boolean possible(Map<String, String> environment) {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    boolean linux = !os.contains("mac") && !os.contains("win");
    return !linux
        || "Headless".equals(System.getProperty("glass.platform"))
        || !environment.getOrDefault("DISPLAY", "").isBlank()
        || !environment.getOrDefault("WAYLAND_DISPLAY", "").isBlank();
  }

  /// Opens the window and comes back when it is closed; brings the one that is open to the front
  /// and hands over what was asked for.
  ///
  /// @param demo the demo that it shows, null unless it is one
  /// @return the exit code
  static int run(Wiring wiring, GlobalOptions options, Surroundings.@Nullable DemoCluster demo) {
    List<String> wish =
        List.of(
            Objects.requireNonNullElse(options.context, demo == null ? "" : demo.context()),
            Objects.requireNonNullElse(options.namespace, ""));
    try (OneWindow one = OneWindow.claim(wiring.folders().state())) {
      if (!one.first()) {
        one.handOver(wish);
        return 0;
      }
      Access access = new Access(wiring, options);
      try (Engine engine = access.engine()) {
        WindowProcess process =
            new WindowProcess(
                engine,
                wiring.folders().state(),
                access.contextRequest(),
                surroundings(wiring, options, demo),
                wiring.clock());
        process.run(wish, one, demo != null);
        return 0;
      }
    }
  }

  private static Surroundings surroundings(
      Wiring wiring, GlobalOptions options, Surroundings.@Nullable DemoCluster demo) {
    Settings settings = wiring.settings();
    String named =
        options.repository != null
            ? options.repository
            : wiring
                .environment()
                .getOrDefault(
                    "BACKSTAY_REPOSITORY", Objects.requireNonNullElse(settings.repository(), ""));
    Passwords passwords = wiring.passwords();
    Passwords.Named source =
        new Passwords.Named(settings.passwordFile(), settings.passwordCommand());
    return new ProgramSurroundings(
        Version.backstay(),
        wiring.folders(),
        Optional.of(named).filter(place -> !place.isBlank()),
        place -> passwords.known(place, place.equals(named), source),
        wiring.secrets(),
        wiring.console().redactor(),
        new ComparisonFile(wiring.console()),
        demo);
  }
}
