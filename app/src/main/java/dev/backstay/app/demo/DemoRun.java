package dev.backstay.app.demo;

import dev.backstay.app.console.Console;
import dev.backstay.app.console.ExitCode;
import dev.backstay.app.settings.PrivateFiles;
import dev.backstay.model.StorageException;
import dev.backstay.sandbox.Sandbox;
import dev.backstay.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// One run of the demo in a temporary folder of its own: cluster, repository and `BACKSTAY_HOME`.
public final class DemoRun {

  private final Console console;
  private final Map<String, String> environment;
  private final DemoShell.CommandLine commandLine;
  private final Story story;

  private DemoRun(
      Console console,
      Map<String, String> environment,
      DemoShell.CommandLine commandLine,
      Story story) {
    this.console = console;
    this.environment = environment;
    this.commandLine = commandLine;
    this.story = story;
  }

  /// What happens on the demo cluster.
  interface Story {
    /// @return the exit code
    int tell(DemoShell shell, Sandbox sandbox, Path folder, Map<String, String> inside)
        throws DemoShell.Stopped, IOException;
  }

  /// The command line of this program, as the demo calls it.
  public interface Commands {
    int run(Map<String, String> environment, Console console, String... arguments);
  }

  /// The whole story on the terminal.
  ///
  /// @param keep whether to leave the folder where it is
  /// @return the exit code; 0 only if every comparison held
  public static int run(
      Console console, Map<String, String> environment, Commands commands, boolean keep) {
    return run(
        console,
        environment,
        commands,
        keep,
        (shell, sandbox, folder, _) -> {
          DemoProof proof = new Demo(sandbox, shell, folder).tell();
          shell.say("");
          shell.say(proof.held() ? "Proved:" : "NOT proved:");
          proof.lines().forEach(shell::say);
          return (proof.held() ? ExitCode.DONE : ExitCode.FAILED).number();
        });
  }

  static int run(
      Console console,
      Map<String, String> environment,
      Commands commands,
      boolean keep,
      Story story) {
    Path folder = temporary();
    Thread sweep = new Thread(() -> delete(folder));
    if (!keep) {
      Runtime.getRuntime().addShutdownHook(sweep);
    }
    try {
      return new DemoRun(console, environment, commands::run, story).in(folder);
    } catch (IOException e) {
      throw new StorageException(
          "demo.folder", "the demo's folder cannot be used: " + e.getMessage(), "", e);
    } finally {
      if (keep) {
        console.say("Kept: " + folder);
      } else {
        Runtime.getRuntime().removeShutdownHook(sweep);
        delete(folder);
      }
    }
  }

  private int in(Path folder) throws IOException {
    Path password = PrivateFiles.createFile(folder.resolve("password"));
    Files.writeString(password, new BigInteger(128, new SecureRandom()).toString(36));
    try (Sandbox sandbox = Sandbox.start(SandboxOptions.in(folder.resolve("cluster")))) {
      Map<String, String> inside = new TreeMap<>(environment);
      inside.put("BACKSTAY_HOME", folder.resolve("home").toString());
      inside.put("BACKSTAY_REPOSITORY", folder.resolve("repository").toString());
      inside.put("BACKSTAY_PASSWORD_FILE", password.toString());
      inside.remove("BACKSTAY_PASSWORD_COMMAND");
      inside.put("KUBECONFIG", sandbox.kubeconfig().toString());
      return tell(new DemoShell(console, inside, commandLine), sandbox, folder, inside);
    }
  }

  private int tell(DemoShell shell, Sandbox sandbox, Path folder, Map<String, String> inside)
      throws IOException {
    try {
      return story.tell(shell, sandbox, folder, inside);
    } catch (DemoShell.Stopped e) {
      console.say("The demo stopped: " + e.getMessage() + ".");
      return e.status();
    }
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("backstay-demo-");
    } catch (IOException e) {
      throw new StorageException(
          "demo.folder", "no temporary folder can be made: " + e.getMessage(), "", e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(DemoRun::remove);
    } catch (IOException | UncheckedIOException _) {
      // Best effort: it is in the system's folder for temporary things.
      return;
    }
  }

  private static void remove(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
