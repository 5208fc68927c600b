package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.Interrupts;
import dev.backstay.app.console.Presenter;
import dev.backstay.app.console.Redactor;
import dev.backstay.app.console.Terminal;
import dev.backstay.app.secret.SecretStore;
import dev.backstay.app.settings.Folders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/// One run of the command line inside the test, with streams of its own.
record CommandLineRun(int status, String out, String err) {

  static CommandLineRun of(Path home, Map<String, String> environment, String... arguments) {
    return run(new byte[0], Terminal.none(), home, environment, arguments);
  }

  /// With a keychain.
  static CommandLineRun with(
      SecretStore secrets, Path home, Map<String, String> environment, String... arguments) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("BACKSTAY_HOME", home.toString());
    return run(
        new byte[0],
        Terminal.none(),
        console -> {
          Folders folders = Folders.of(all).create();
          Presenter presenter = new Presenter(console, folders.logs());
          Interrupts interrupts = new Interrupts(console, _ -> {}, _ -> {});
          Wiring wiring =
              new Wiring(
                  all, console, folders, presenter, interrupts, secrets, InstantSource.system());
          return presenter.written(CommandTree.of(wiring, arguments).execute());
        });
  }

  /// With somebody at the terminal.
  static CommandLineRun typing(
      String typed, Path home, Map<String, String> environment, String... arguments) {
    Terminal terminal = new Terminal(true, false, false, 80, false);
    return run(typed.getBytes(StandardCharsets.UTF_8), terminal, home, environment, arguments);
  }

  /// By a clock of the test's own.
  static CommandLineRun by(
      InstantSource clock, Path home, Map<String, String> environment, String... arguments) {
    return run(new byte[0], Terminal.none(), clock, home, environment, arguments);
  }

  private static CommandLineRun run(
      byte[] typed,
      Terminal terminal,
      Path home,
      Map<String, String> environment,
      String... arguments) {
    return run(typed, terminal, InstantSource.system(), home, environment, arguments);
  }

  private static CommandLineRun run(
      byte[] typed,
      Terminal terminal,
      InstantSource clock,
      Path home,
      Map<String, String> environment,
      String... arguments) {
    Map<String, String> all = new TreeMap<>(environment);
    all.put("BACKSTAY_HOME", home.toString());
    return run(typed, terminal, console -> Launch.run(all, console, clock, arguments));
  }

  private static CommandLineRun run(
      byte[] typed, Terminal terminal, ToIntFunction<Console> command) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(typed),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            terminal,
            new Redactor());
    int status = command.applyAsInt(console);
    return new CommandLineRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
