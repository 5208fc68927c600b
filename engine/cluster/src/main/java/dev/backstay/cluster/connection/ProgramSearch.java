package dev.backstay.cluster.connection;

import dev.backstay.cluster.kubeconfig.ExecPlugin;
import dev.backstay.model.NotFoundException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds a plugin on the PATH of the environment it will run in, which need not be our own.
final class ProgramSearch {

  private ProgramSearch() {}

  /// @throws NotFoundException if it is nowhere on the PATH
  static Path find(ExecPlugin plugin, Map<String, String> environment) {
    return look(plugin, environment).orElseThrow(() -> missing(plugin, environment));
  }

  /// Empty if it is nowhere on the PATH.
  static Optional<Path> look(ExecPlugin plugin, Map<String, String> environment) {
    String command = plugin.command();
    List<String> folders = isPath(command) ? List.of("") : folders(environment);
    return folders.stream()
        .flatMap(folder -> candidates(folder, command, environment))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static boolean isPath(String command) {
    return command.contains("/") || command.contains(File.separator);
  }

  private static List<String> folders(Map<String, String> environment) {
    return Arrays.stream(variable(environment, "PATH").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .toList();
  }

  private static Stream<Path> candidates(
      String folder, String command, Map<String, String> environment) {
    String[] endings =
        File.separatorChar == '\\'
            ? (";" + variable(environment, "PATHEXT").toLowerCase(Locale.ROOT)).split(";", -1)
            : new String[] {""};
    return Arrays.stream(endings).flatMap(ending -> path(folder, command + ending).stream());
  }

  private static Optional<Path> path(String folder, String file) {
    try {
      return Optional.of(folder.isEmpty() ? Path.of(file) : Path.of(folder, file));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// Windows spells it `Path`.
  private static String variable(Map<String, String> environment, String name) {
    return environment.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  private static NotFoundException missing(ExecPlugin plugin, Map<String, String> environment) {
    String searched = String.join(", ", folders(environment));
    String where = isPath(plugin.command()) ? "" : "; searched: " + searched;
    String hint = plugin.installHint().isBlank() ? "" : ": " + plugin.installHint().strip();
    return new NotFoundException(
        "kubeconfig.plugin-missing",
        "the credential plugin " + plugin.command() + " was not found" + where,
        "install it or put it on the PATH" + hint);
  }
}
