package dev.backstay.app.command;

import dev.backstay.app.output.Printer;
import dev.backstay.app.secret.Passwords;
import dev.backstay.app.settings.Settings;
import dev.backstay.app.window.OneWindow;
import dev.backstay.app.window.ProgramSurroundings;
import dev.backstay.app.window.WindowProcess;
import dev.backstay.app.window.Wish;
import dev.backstay.model.ConflictException;
import dev.backstay.ui.Surroundings;
import dev.backstay.ui.window.WindowWish;
import dev.backstay.workflow.Engine;
import dev.backstay.workflow.cluster.ClusterSession;
import java.nio.file.Path;
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
    try (OneWindow one = OneWindow.claim(wiring.folders().state())) {
      Wish wish = wish(options, demo, one.first());
      if (!one.first()) {
        handOver(one, wish);
        return 0;
      }
      Access access = new Access(wiring, options);
      List<ClusterSession> open;
      try (Engine engine = access.engine()) {
        WindowProcess process =
            new WindowProcess(
                engine,
                wiring.folders().state(),
                access.contextRequest(),
                surroundings(wiring, options, demo),
                wiring.clock());
        open = process.run(wish, one, demo != null);
      }
      // jobs that were cut off have cleaned up with them
      open.forEach(ClusterSession::close);
      return 0;
    }
  }

  /// @param first whether kubeconfig and repository are this process's own already
  private static Wish wish(
      GlobalOptions options, Surroundings.@Nullable DemoCluster demo, boolean first) {
    String as = Objects.requireNonNullElse(options.as, "");
    String groups = options.asGroups.isEmpty() ? "" : " in " + String.join(", ", options.asGroups);
    return new Wish(
        as + groups,
        new WindowWish(
            Objects.requireNonNullElse(options.context, demo == null ? "" : demo.context()),
            Objects.requireNonNullElse(options.namespace, ""),
            first || options.kubeconfig == null ? "" : absolute(options.kubeconfig),
            first ? "" : Objects.requireNonNullElse(options.repository, "")));
  }

  /// The window that is open has another working directory.
  private static String absolute(String path) {
    return Path.of(path).toAbsolutePath().toString();
  }

  private static void handOver(OneWindow one, Wish wish) {
    String refused = one.handOver(wish);
    if (!refused.isEmpty()) {
      throw new ConflictException(
          "window.other-user", refused, "close it first, or start without --as and --as-group");
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
        usage -> Printer.json(RepoStatsCommand.document(usage)),
        demo);
  }
}
