package dev.backstay.app.command;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.Interrupts;
import dev.backstay.app.console.Logs;
import dev.backstay.app.console.Presenter;
import dev.backstay.app.secret.KeychainStore;
import dev.backstay.app.settings.Folders;
import dev.backstay.model.EngineException;
import dev.backstay.model.StorageException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;

/// Wires one run of the command line.
public final class Launch {

  private Launch() {}

  /// @return the exit code
  public static int run(
      Map<String, String> environment, Console console, InstantSource clock, String... arguments) {
    Folders folders = Folders.of(environment);
    Presenter presenter = new Presenter(console, folders.logs());
    try {
      folders.create();
      openLog(folders, console, Arrays.asList(arguments).contains("--debug"));
      Interrupts interrupts = new Interrupts(console, System::exit, Runtime.getRuntime()::halt);
      interrupts.install();
      Wiring wiring =
          new Wiring(
              environment,
              console,
              folders,
              presenter,
              interrupts,
              KeychainStore.of(environment),
              clock);
      return presenter.written(CommandTree.of(wiring, arguments).execute());
    } catch (EngineException e) {
      return presenter.present(e).number();
    } catch (RuntimeException e) {
      return presenter.presentUnforeseen(e).number();
    } finally {
      console.flush();
    }
  }

  private static void openLog(Folders folders, Console console, boolean debug) {
    try {
      Logs.open(folders.logs(), console.redactor(), debug);
    } catch (IOException e) {
      throw new StorageException(
          "app.log",
          "the log in " + folders.logs() + " cannot be written: " + e.getMessage(),
          "make room there, or name another place with BACKSTAY_HOME",
          e);
    }
  }
}
